import GenOpsUnits

/// One step of a check: what was tried, and how long it took.
public struct SetupStep: Sendable, Hashable {
  /// What it says something of: `API key`, `Budgets`, …
  public var component: String
  /// What was looked at or asked, with addresses and versions, and without keys; no full stop.
  public var tried: String
  public var took: Duration

  /// `tried` is what was done, such as `asked https://us.i.posthog.com/flags/?v=2`.
  public init(_ component: String, _ tried: String, took: Duration) {
    self.component = component
    self.tried = tried
    self.took = took
  }

  /// How long it took, in milliseconds with three decimals: `0.412`.
  package var milliseconds: String { SetupStep.milliseconds(took) }

  static func milliseconds(_ duration: Duration) -> String {
    let microseconds = max(0, Int64(rounding: duration.inSeconds * 1e6))
    let fraction = String(microseconds % 1000)
    return "\(microseconds / 1000)." + String(repeating: "0", count: 3 - fraction.utf8.count)
      + fraction
  }
}

extension SetupReport {
  /// Carries out one step of a check.
  ///
  /// - Parameters:
  ///   - component: What it says something of.
  ///   - tried: What is done, as in ``SetupStep/tried``.
  ///   - timer: Measures it; nil tells of no step.
  ///   - body: Adds its statements to the report that it is given.
  /// - Throws: What `body` throws. The step is told all the same.
  public mutating func step<E: Error>(
    _ component: String, _ tried: String, timer: DeliveryTimer?,
    _ body: (inout SetupReport) throws(E) -> Void
  ) throws(E) {
    guard let timer else { return try body(&self) }
    let began = timer.elapsed()
    // Its place is before those of the steps inside of it.
    let index = steps.count
    steps.append(SetupStep(component, tried, took: .zero))
    defer { steps[index].took = timer.elapsed() - began }
    try body(&self)
  }
}
