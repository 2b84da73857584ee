public import GenOpsCosting
public import GenOpsUnits

import Foundation
public import GenOpsGovernance

extension PostHogAdapter {
  /// An adapter with the settings of the environment, a file and `arguments`, in that order of
  /// growing weight.
  ///
  /// ```swift
  /// let adapter = try PostHogAdapter.fromEnvironment(transport: transport)
  /// ```
  ///
  /// - Parameters:
  ///   - arguments: What the program says itself.
  ///   - transport: Takes over what is sent.
  ///   - environment: The process's by default.
  ///   - file: JSON with the names of ``SettingKey``, or lines `NAME=value`.
  ///   - calculator: The price book.
  ///   - opening: Usage of the month so far; nil is what the settings say of it.
  ///   - clock: The machine's by default.
  ///   - configure: Adds what settings cannot say, such as a ledger: `{ $0.use(account) }`.
  /// - Returns: The adapter.
  /// - Throws: Every error of the settings at once, a missing key among them.
  public static func fromEnvironment(
    _ arguments: SettingsLayer = SettingsLayer(), transport: any Transport,
    environment: [String: String]? = nil, file: String? = nil,
    calculator: CostCalculator = CostCalculator(), opening: OpeningBalance? = nil,
    clock: any WallClock = SystemClock(),
    configure: (inout AdapterConfiguration) -> Void = { _ in }
  ) throws(FindingsError) -> PostHogAdapter {
    let settings = AdapterSettings.read(
      arguments, environment: environment ?? ProcessInfo.processInfo.environment, file: file)
    return try PostHogAdapter(
      settings, transport: transport, calculator: calculator, opening: opening, clock: clock,
      configure: configure)
  }

  /// An adapter with settings that were read before.
  ///
  /// - Parameters:
  ///   - settings: Of all layers.
  ///   - transport: Takes over what is sent.
  ///   - calculator: The price book.
  ///   - opening: Usage of the month so far; nil is what the settings say of it.
  ///   - clock: The machine's by default.
  ///   - configure: Adds what settings cannot say, such as a ledger.
  /// - Throws: Every error of the settings at once, a missing key among them.
  public convenience init(
    _ settings: AdapterSettings, transport: any Transport,
    calculator: CostCalculator = CostCalculator(), opening: OpeningBalance? = nil,
    clock: any WallClock = SystemClock(),
    configure: (inout AdapterConfiguration) -> Void = { _ in }
  ) throws(FindingsError) {
    var settings = settings
    if settings.apiKey == nil {
      settings.findings.error(
        "api-key-missing", "there is no PostHog API key",
        help: "export POSTHOG_API_KEY=phc_…, from PostHog > Settings > Project")
    }
    var configuration = try settings.configuration(
      calculator: calculator, opening: opening, at: clock.now())
    configure(&configuration)
    try self.init(configuration, transport: transport, clock: clock)
  }
}
