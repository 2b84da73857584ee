/// How a text lies in memory: a short one its letters, a longer one where they are and how many.
///
/// Two texts of the same bits are the same text as long as one of them is held, since letters that several texts
/// share are never changed in place. Texts of different bits may be the same too.
struct NameBits: Sendable, Equatable, BitwiseCopyable {
  private let low: UInt64
  private let high: UInt64

  /// That of no text: every text says how it lies in its highest bits.
  static let none = NameBits(low: 0, high: 0)

  private init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  @inline(__always)
  init(_ text: String) {
    #if _pointerBitWidth(_64)
      (low, high) = unsafeBitCast(text, to: (UInt64, UInt64).self)
    #else
      // A text is smaller there, and none is known by its bits.
      self = .none
    #endif
  }

  /// A number of few bits.
  @inline(__always)
  var slot: Int { Int(truncatingIfNeeded: (low ^ high) &* 0x9E37_79B9_7F4A_7C15 &>> 48) }
}
