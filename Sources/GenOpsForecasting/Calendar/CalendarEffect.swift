public import GenOpsUnits

/// What the calendar does to usage: a multiplier for each day, from dates and sizes that may be
/// uncertain.
///
/// A kind is one file with its keys, an ``example`` and one line in ``CalendarEffects``. It draws
/// nothing itself: its ``parameters`` are inputs, drawn once per path with all others
/// (``InputSampler``), and their values are passed to ``multiply(_:from:values:)``.
public protocol CalendarEffect: Documented, Sendable {
  /// The effect in a scenario, as YAML. The registry's tests decode it.
  static var example: String { get }

  /// The effect written in `node`, a mapping with `effect` and the kind's own keys; nil with
  /// findings when it cannot be read.
  static func decode(_ node: Node, _ findings: inout Findings) -> Self?

  /// What may be uncertain, constants included.
  var parameters: [GrowthParameter] { get }

  /// Whether it happens at a date once, so that reports name it in the months it moves.
  static var isDated: Bool { get }

  /// Multiplies each day, `days[0]` being `first`, by its multiplier, never negative. `values` has
  /// a number for each of ``parameters``.
  func multiply(
    _ days: UnsafeMutableBufferPointer<Double>, from first: CalendarDay, values: [Double])
}

extension CalendarEffect {
  public static var isDated: Bool { false }
}

/// A kind of calendar effect.
public typealias CalendarEffectKind = any CalendarEffect.Type
