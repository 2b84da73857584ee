/// One meter that the items of an admission touch.
struct Touch: BitwiseCopyable {
  /// The meter's bit and its index in the table of meters.
  var meter = 0
  /// Its position in the core's buffer of meter states.
  var state = 0
  /// Units of one item; of all together between tiers.
  var units: Int64 = 0
  /// Nano-units that one item costs in the present step; all together between tiers.
  var cost: Int64 = 0
}
