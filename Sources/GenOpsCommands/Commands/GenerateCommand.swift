import Foundation
import GenOpsIngestion
import GenOpsMetering
import GenOpsReporting
import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// `genops generate`: the events of a scenario as recorded files.
package enum GenerateCommand {
  package struct Request: Sendable {
    package var scenario: String
    /// A file, a folder, or `-`.
    package var out: String
    package var pack: String
    package var usage: String?
    /// A day or a month.
    package var from: String?
    package var to: String?
    package var days: Int?
    package var seed: UInt64?
    package var scale: Double
    package var replaces: Bool
    package var format: String
    package var settings: [String]

    package init(
      scenario: String, out: String, pack: String = "none", usage: String? = nil,
      from: String? = nil, to: String? = nil, days: Int? = nil, seed: UInt64? = nil,
      scale: Double = 1, replaces: Bool = false, format: String = "text", settings: [String] = []
    ) {
      self.scenario = scenario
      self.out = out
      self.pack = pack
      self.usage = usage
      self.from = from
      self.to = to
      self.days = days
      self.seed = seed
      self.scale = scale
      self.replaces = replaces
      self.format = format
      self.settings = settings
    }
  }

  /// How the files of a folder may be packed.
  package static let packings = ["none", "gz", "zst"]

  package static func run(
    _ request: Request, _ options: OutputOptions, onProgress: (Double) -> Void = { _ in }
  ) -> CommandOutput {
    do throws(FindingsError) {
      let format = try ReportFormats.withoutChecks.kind(request.format)
      let plan = try ScenarioRun.plan(
        path: request.scenario,
        // Events that were recorded are counted by day and made anew.
        overrides: .init(seed: request.seed, grain: .binned, settings: request.settings),
        namesEvents: true)
      let days = try days(request, plan.period)
      let traffic = try GeneratedTraffic(plan, scale: request.scale)
      guard traffic.eventCount(days) > 0 else {
        throw FindingsError(
          "no-events",
          "the scenario has no events from \(plan.period.start.advanced(by: days.lowerBound)) "
            + "to \(plan.period.start.advanced(by: days.upperBound - 1))",
          help: "'genops plan' lists the streams", at: plan.scenario.location)
      }
      let generator = EventGenerator(traffic, seed: plan.scenario.seed)
      let place = place(of: request)
      let isPiped = if case .output = place { true } else { false }
      let usage = usagePlace(request, place)
      let written = try GeneratedFiles(place, usage: usage, replaces: request.replaces).write(
        generator, days: days, onProgress: onProgress)
      var findings = plan.findings
      if usage == nil { tellLeftOut(traffic, days, &findings) }
      // The events are the result of a pipe.
      if isPiped { return CommandOutput(findings, color: options.errorColor) }
      let report = GenerateReport(
        generator, days: days, files: written.files, events: written.events, usage: usage
      ).report(findings)
      return CommandOutput(report, as: format, options)
    } catch { return CommandOutput(error.findings, color: options.errorColor) }
  }

  private static func place(of request: Request) -> GeneratedFiles.Place {
    if request.out == "-" { return .output(descriptor: STDOUT_FILENO) }
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: request.out, isDirectory: &isFolder)
    guard request.out.hasSuffix("/") || isThere && isFolder.boolValue else {
      return .file(request.out)
    }
    var folder = request.out
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    // Where it cannot be made, writing the first file says why.
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return .folder(folder, ending: ".jsonl" + (request.pack == "none" ? "" : ".\(request.pack)"))
  }

  private static func usagePlace(_ request: Request, _ place: GeneratedFiles.Place) -> String? {
    if case .folder(let folder, _) = place { return request.usage ?? "\(folder)/usage.csv" }
    return request.usage
  }

  /// The days that are asked for, from 0 at the beginning of the period.
  private static func days(
    _ request: Request, _ period: Scenario.Period
  ) throws(FindingsError) -> Range<Int> {
    func day(_ text: String?, _ option: String, isLast: Bool) throws(FindingsError) -> CalendarDay?
    {
      guard let text else { return nil }
      let month = CalendarMonth(text)
      guard let day = CalendarDay(text) ?? (isLast ? month?.lastDay : month?.firstDay) else {
        throw FindingsError(
          "not-a-period", "\(option) '\(text)' is not a day or a month",
          help: "write it as 2027-02-14 or 2027-02")
      }
      guard day >= period.start, day < period.end else {
        throw FindingsError(
          "outside-period", "\(option) \(text) lies outside the scenario's period",
          help: "the period is \(period.first) to \(period.last)", at: period.location)
      }
      return day
    }
    let from = try day(request.from, "--from", isLast: false) ?? period.start
    let to = try day(request.to, "--to", isLast: true) ?? period.end.advanced(by: -1)
    guard from <= to else {
      throw FindingsError("outside-period", "--from \(from) is later than --to \(to)")
    }
    let first = period.start.distance(to: from)
    // Both lie in the period, and the last is not before the first.
    let end = period.start.distance(to: to) + 1
    guard let count = request.days else { return first..<end }
    guard count <= end - first else {
      throw FindingsError(
        "outside-period",
        "--days \(count) from \(from) on are more than the \(end - first) of the period",
        help: "the period is \(period.first) to \(period.last)", at: period.location)
    }
    return first..<first + count
  }

  /// Usage of the scenario that is in no file.
  private static func tellLeftOut(
    _ traffic: GeneratedTraffic, _ days: Range<Int>, _ findings: inout Findings
  ) {
    let parts = traffic.usage.compactMap { meter, units -> String? in
      // At most 10^15 a day, of 3,653 days at most.
      let sum = units[days].reduce(0, +)
      return sum > 0 ? "\(groupedDigits(String(sum))) \(meter.id)" : nil
    }
    guard !parts.isEmpty else { return }
    findings.note(
      "generated-without",
      "no export of events holds \(parts.joined(separator: ", ")): they are in no file",
      help: "write them too, with --usage usage.csv")
  }
}
