public import GenOpsCosting
public import GenOpsGovernance
public import GenOpsUnits

import Foundation
import Synchronization

/// The process's adapter: one line at the start, then reachable from everywhere, with calls by the names of
/// PostHog's own clients.
///
/// ```swift
/// try GenOps.bootstrap(transport: transport)
/// GenOps.capture("user_signed_up", ["plan": "business"])
/// ```
public enum GenOps {
  private static let installed = Mutex<PostHogAdapter?>(nil)

  private static let installedFlags = Mutex<FeatureFlags?>(nil)

  /// The adapter of the running task, for tests and for servers with several accounts.
  @TaskLocal static var scoped: PostHogAdapter?

  /// The adapter of the running task or of the process; nil before
  /// ``bootstrap(_:transport:environment:file:calculator:opening:clock:configure:)``.
  public static var currentAdapter: PostHogAdapter? { scoped ?? installed.withLock { $0 } }

  /// The flags of the running task.
  @TaskLocal static var scopedFlags: FeatureFlags?

  /// The flags of the running task, else those of the process; nil before ``install(flags:)``.
  ///
  /// In a task with an adapter of its own, as each request has behind a middleware, both count only where
  /// they were made with that adapter or with another view of its billing account, such as a tenant's. Flags of another
  /// account are those of another project, and are left out. A tenant with flags of its own gets them by
  /// ``withFlags(_:isolation:_:)``.
  public static var currentFlags: FeatureFlags? {
    [scopedFlags, installedFlags.withLock { $0 }].compactMap(\.self).first { flags in
      scoped.map { $0.account === flags.adapter.account } ?? true
    }
  }

  /// Makes the process's adapter from arguments, environment and file. Without a team it is called
  /// `auto-instrumented`.
  ///
  /// - Parameters:
  ///   - arguments: What the program says itself.
  ///   - transport: Takes over what is sent.
  ///   - environment: The process's by default.
  ///   - file: JSON with the names of ``SettingKey``, or lines `NAME=value`.
  ///   - calculator: The price book.
  ///   - opening: Usage of the month so far; nil is what the settings say of it. Where they say nothing,
  ///     enforced mode judges each unit at its meter's first paid price and strict mode refuses; both say so
  ///     on standard error.
  ///   - clock: The machine's by default.
  ///   - configure: Adds what settings cannot say, such as a ledger: `{ $0.use(account) }`.
  /// - Returns: The adapter, which ``currentAdapter`` is from now on.
  /// - Throws: Every error of the settings at once; `already-bootstrapped` the second time, because
  ///   two adapters would both count from the same opening balance.
  @discardableResult
  public static func bootstrap(
    _ arguments: SettingsLayer = SettingsLayer(), transport: any Transport,
    environment: [String: String]? = nil, file: String? = nil,
    calculator: CostCalculator = CostCalculator(), opening: OpeningBalance? = nil,
    clock: any WallClock = SystemClock(),
    configure: (inout AdapterConfiguration) -> Void = { _ in }
  ) throws(FindingsError) -> PostHogAdapter {
    let settings = AdapterSettings.read(
      arguments, environment: environment, file: file, standardTeam: "auto-instrumented")
    return try bootstrap(
      settings, transport: transport, calculator: calculator, opening: opening, clock: clock,
      configure: configure)
  }

  /// Makes the process's adapter from settings that were read before, such as those that delivery and
  /// flags are made of.
  ///
  /// - Parameters:
  ///   - settings: Of all layers.
  ///   - transport: Takes over what is sent.
  ///   - calculator: The price book.
  ///   - opening: Usage of the month so far; nil is what the settings say of it.
  ///   - clock: The machine's by default.
  ///   - configure: Adds what settings cannot say, such as a ledger: `{ $0.use(account) }`.
  /// - Returns: The adapter, which ``currentAdapter`` is from now on.
  /// - Throws: Every error of the settings at once; `already-bootstrapped` the second time.
  @discardableResult
  public static func bootstrap(
    _ settings: AdapterSettings, transport: any Transport,
    calculator: CostCalculator = CostCalculator(), opening: OpeningBalance? = nil,
    clock: any WallClock = SystemClock(),
    configure: (inout AdapterConfiguration) -> Void = { _ in }
  ) throws(FindingsError) -> PostHogAdapter {
    let adapter = try PostHogAdapter(
      settings, transport: transport, calculator: calculator, opening: opening, clock: clock,
      configure: configure)
    try install(adapter)
    return adapter
  }

  /// Makes `adapter` the process's.
  /// - Throws: `already-bootstrapped` when there is one.
  public static func install(_ adapter: PostHogAdapter) throws(FindingsError) {
    let isFirst = installed.withLock { current in
      if current != nil { return false }
      current = adapter
      return true
    }
    if !isFirst {
      throw FindingsError(
        "already-bootstrapped", "the process has an adapter already",
        help: "call GenOps.bootstrap once, at the start; use GenOps.currentAdapter elsewhere")
    }
  }

  /// Makes `flags` what
  /// ``isFeatureEnabled(_:distinctID:groups:personProperties:groupProperties:default:)``
  /// and its siblings ask from now on. The last ones hold.
  public static func install(flags: FeatureFlags) { installedFlags.withLock { $0 = flags } }

  /// Takes the process's adapter and flags away, as when a server shuts down.
  public static func uninstall() {
    installed.withLock { $0 = nil }
    installedFlags.withLock { $0 = nil }
  }

  /// Runs `body` with `flags` and their adapter as the current ones, in child tasks too.
  public static func withFlags<Result>(
    _ flags: FeatureFlags, isolation: isolated (any Actor)? = #isolation,
    _ body: () async throws -> Result
  ) async rethrows -> Result {
    try await $scopedFlags.withValue(flags) { try await withAdapter(flags.adapter, body) }
  }

  /// Runs `body` with `adapter` as the current one, in child tasks too.
  public static func withAdapter<Result>(
    _ adapter: PostHogAdapter, _ body: () throws -> Result
  ) rethrows -> Result { try $scoped.withValue(adapter) { try body() } }

  /// The same for a body that waits.
  public static func withAdapter<Result>(
    _ adapter: PostHogAdapter, isolation: isolated (any Actor)? = #isolation,
    _ body: () async throws -> Result
  ) async rethrows -> Result { try await $scoped.withValue(adapter) { try await body() } }
}
