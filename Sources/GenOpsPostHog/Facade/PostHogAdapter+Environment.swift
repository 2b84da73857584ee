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
  ///   - opening: Usage of the month so far, if it is known.
  ///   - clock: The machine's by default.
  /// - Returns: The adapter.
  /// - Throws: Every error of the settings at once, a missing key among them.
  public static func fromEnvironment(
    _ arguments: SettingsLayer = SettingsLayer(), transport: any Transport,
    environment: [String: String]? = nil, file: String? = nil,
    calculator: CostCalculator = CostCalculator(), opening: OpeningBalance = .unknown,
    clock: any WallClock = SystemClock()
  ) throws(FindingsError) -> PostHogAdapter {
    let settings = AdapterSettings.read(
      arguments, environment: environment ?? ProcessInfo.processInfo.environment, file: file)
    return try PostHogAdapter(
      settings, transport: transport, calculator: calculator, opening: opening, clock: clock)
  }

  /// An adapter with settings that were read before.
  ///
  /// - Throws: Every error of the settings at once, a missing key among them.
  public convenience init(
    _ settings: AdapterSettings, transport: any Transport,
    calculator: CostCalculator = CostCalculator(), opening: OpeningBalance = .unknown,
    clock: any WallClock = SystemClock()
  ) throws(FindingsError) {
    var settings = settings
    if settings.apiKey == nil {
      settings.findings.error(
        "api-key-missing", "there is no PostHog API key",
        help: "export POSTHOG_API_KEY=phc_…, from PostHog > Settings > Project")
    }
    try self.init(
      settings.configuration(calculator: calculator, opening: opening), transport: transport,
      clock: clock)
  }
}
