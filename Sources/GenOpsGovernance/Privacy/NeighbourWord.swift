/// The letters that touch a number.
///
/// `CVV123` behind a card and `SSN` before a number are words of their own that somebody put there without a
/// space. One or two letters, or such as a hash has, make the number a part of something longer.
enum NeighbourWord {
  /// Whether what stands before `place` belongs to the number that begins there.
  static func isPart(_ bytes: [UInt8], before place: Int) -> Bool {
    isPart(bytes[..<place].reversed().prefix(while: { $0.isLetter }))
  }

  /// Whether what stands at `place` belongs to the number that ends before it.
  static func isPart(_ bytes: [UInt8], behind place: Int) -> Bool {
    isPart(bytes[place...].prefix(while: { $0.isLetter }))
  }

  private static func isPart(_ letters: some Collection<UInt8>) -> Bool {
    if letters.isEmpty { return false }
    // Three letters, one of them beyond F.
    return letters.count < 3 || letters.allSatisfy { (97...102).contains($0 | 32) }
  }
}
