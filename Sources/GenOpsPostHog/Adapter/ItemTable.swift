import GenOpsAdmission
import GenOpsMetering

/// The items of a core by what one event uses, so that an event's item is found in one step.
///
/// Direct-mapped with a fixed number of places: items that share one are looked for in the core.
struct ItemTable: ~Copyable {
  // Not private: the compiler of Swift 6.3 breaks in debug where another file holds the table.
  struct Entry: BitwiseCopyable {
    /// Of a usage class and units; -1 for none.
    var key: Int64 = -1
    var item: Int32 = 0
  }

  private static let places = 256
  private var entries = FlatBuffer(repeatElement(Entry(), count: places))

  /// The item of `usageClass` that uses `units`.
  @inline(__always)
  func item(_ units: EventUnits, of usageClass: UsageClassID, in core: inout AdapterCore) -> ItemID
  {
    let key = Int64(usageClass.number) << 8 | Int64(units.rawValue)
    // Few bits of the units are ever set together, the first two of them in most events.
    let place = Int(truncatingIfNeeded: key ^ key >> 6) & (ItemTable.places - 1)
    if entries[place].key == key { return ItemID(number: entries[place].item) }
    return find(units, of: usageClass, key: key, place: place, in: &core)
  }

  @inline(never)
  private func find(
    _ units: EventUnits, of usageClass: UsageClassID, key: Int64, place: Int,
    in core: inout AdapterCore
  ) -> ItemID {
    let item = core.register(units.usage, usageClass: usageClass)
    // Item 0 is laid out anew each time.
    if item.number != 0 { entries[place] = Entry(key: key, item: item.number) }
    return item
  }
}
