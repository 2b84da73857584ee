/// Where a part of a day's items becomes a whole number: the largest one below the part plus an offset that goes
/// evenly through 0…1 from day to day.
///
/// To the nearest, a kind of event that is less than half an item of each day would never happen in a year, and
/// nothing of it could be lost. With the offsets of a day the parts of a count still sum to it, and in the long run
/// each has what it is due. The offsets are the points of the additive recurrence in two dimensions whose points lie
/// most evenly (M. Roberts 2018, "The unreasonable effectiveness of quasirandom sequences"): what is cut and what is
/// kept by sampling do not follow each other. The first day rounds to the nearest.
enum DayRounding {
  /// 1/ρ and 1/ρ² of the plastic number ρ = 1.3247…, the root of ρ³ = ρ + 1.
  private static let steps = (cut: 0.754_877_666_246_693, kept: 0.569_840_290_998_053)

  /// The offset of a day of the period, from 0, for the parts of what a stream has.
  static func cut(_ day: Int) -> Double { offset(day, steps.cut) }

  /// The same for what sampling keeps of a part.
  static func kept(_ day: Int) -> Double { offset(day, steps.kept) }

  private static func offset(_ day: Int, _ step: Double) -> Double {
    let point = 0.5 + Double(day) * step
    return point - point.rounded(.down)
  }
}
