import GenOpsAdmission
import GenOpsGovernance

/// Where distinct ids that came lately stand among those that sampling keeps.
///
/// ``SamplingHash`` takes one byte after the other, each waiting for the one before: for the id of a client that
/// is as long as everything else that is decided on an event. People come with many events, one after the other.
/// They are told apart by the fingerprints that metering tells them apart by. Direct-mapped with a fixed number of
/// places, so strangers make it slower and never larger.
struct SamplingPlaces: ~Copyable {
  // Not private: the compiler of Swift 6.3 breaks in debug where another file holds the table.
  struct Entry: BitwiseCopyable {
    /// 0 for none: no text has that fingerprint.
    var fingerprint: UInt64 = 0
    var place = 0.0
  }

  private static let count = 512
  /// A longer id is known by its beginning.
  private static let longest = 200
  private var entries = FlatBuffer(repeatElement(Entry(), count: count))

  /// The place of `id`, whose fingerprint is given.
  @inline(__always)
  func place(of id: String, _ fingerprint: UInt64) -> Double {
    let slot = Int(truncatingIfNeeded: fingerprint) & (SamplingPlaces.count - 1)
    if entries[slot].fingerprint == fingerprint, id.utf8.count <= SamplingPlaces.longest {
      return entries[slot].place
    }
    return find(id, fingerprint, slot)
  }

  @inline(never)
  private func find(_ id: String, _ fingerprint: UInt64, _ slot: Int) -> Double {
    let place = SamplingHash.place(of: id)
    if id.utf8.count <= SamplingPlaces.longest {
      entries[slot] = Entry(fingerprint: fingerprint, place: place)
    }
    return place
  }
}
