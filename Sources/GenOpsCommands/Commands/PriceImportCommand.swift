import Foundation
import GenOpsCosting
import GenOpsHistory
import GenOpsMetering
import GenOpsReporting
import GenOpsScenario
import GenOpsUnits

extension PriceCommands {
  /// A dated book of PostHog's own answer, to stdout or to the file `out`. An existing file is only
  /// replaced when `replace` says so. `now` is in seconds since 1970, for a book whose day is not
  /// said.
  package static func importBook(
    billing path: String, id: String?, retrieved: String?, now: Double, out: String?,
    replace: Bool, _ options: OutputOptions
  ) -> CommandOutput {
    do throws(FindingsError) {
      let today = Timestamp(microseconds: 0).advanced(bySeconds: now).day
      guard let day = retrieved.map({ CalendarDay($0) }) ?? today else {
        throw FindingsError(
          "date", "'\(retrieved ?? "")' is not a day", help: "write --retrieved 2027-02-10")
      }
      let (json, addOns, findings) = try BookImporter.book(billing: path, id: id, retrieved: day)
      guard let out else {
        return CommandOutput(stdout: json.pretty, findings, color: options.errorColor)
      }
      if !replace, FileManager.default.fileExists(atPath: out) {
        throw FindingsError(
          "exists", "'\(out)' is there already", help: "name another file, or add --replace")
      }
      do { try Data(json.pretty.utf8).write(to: URL(fileURLWithPath: out), options: .atomic) } catch
      {
        throw WriteFailure.finding(error, writing: out, help: "choose another place with --out")
      }
      var text = "wrote \(out)\nuse it: prices: \(out)\n"
      if !addOns.isEmpty { text += "        add_ons: [\(addOns.joined(separator: ", "))]\n" }
      return CommandOutput(stdout: text, findings, color: options.errorColor)
    } catch { return CommandOutput(error.findings, color: options.errorColor) }
  }

  /// A bill priced again, line by line. Exit 1 when a difference is not explained.
  package static func reconcile(
    billing: String, book: String, usage: String?, format: Format, _ options: OutputOptions
  ) -> CommandOutput {
    let result: Reconciliation
    do throws(FindingsError) {
      var findings = Findings()
      let book = PriceBookFile.find(book, at: nil, &findings)
      result = try BillReconciler.run(billing: billing, book: book, usage: usage, findings)
    } catch { return CommandOutput(error.findings, color: options.errorColor) }
    var output = CommandOutput(
      stdout: format == .json ? json(result).pretty : text(result, options.style),
      result.findings, color: options.errorColor)
    if output.status == .success, result.unexplained > 0 { output.status = .gateFailed }
    return output
  }

  private static func text(_ result: Reconciliation, _ style: TextStyle) -> String {
    func amount(_ money: Money?) -> String { money?.text(decimals: 2, grouping: true) ?? "?" }
    let rows = result.lines.map { line -> [ReportTable.Cell] in
      [
        ReportTable.Cell(line.period.description), ReportTable.Cell(line.name),
        ReportTable.Cell(line.units.map { groupedDigits(String($0)) } ?? ""),
        ReportTable.Cell(amount(line.billed)), ReportTable.Cell(amount(line.modelled)),
        ReportTable.Cell(line.explanation, line.isExplained ? .plain : .bad),
      ]
    }
    var out = ReportTable(
      "",
      [
        .init("Period"), .init("Line", shrinksTo: 12), .init("units", .right),
        .init("billed", .right), .init("modelled", .right), .init("Why they differ", shrinksTo: 20),
      ], rows
    ).text(style)
    out += "\nbilled \(amount(result.billed)), modelled \(amount(result.modelled)) "
    out += "\(result.currency) with \(result.book): "
    out +=
      result.unexplained == 0
      ? "every difference is explained\n"
      : "\(result.unexplained) of \(result.lines.count) lines are not explained\n"
    return out
  }

  private static func json(_ result: Reconciliation) -> JSONValue {
    .object([
      .init("book", .string(result.book)), .init("currency", .string(result.currency)),
      .init("billed", .money(result.billed)), .init("modelled", .money(result.modelled)),
      .init("unexplained", .integer(result.unexplained)),
      .init(
        "lines",
        .array(
          result.lines.map { line in
            .object([
              .init("period", .string(line.period.description)), .init("name", .string(line.name)),
              .init("meter", line.meter.map { .string($0.id) } ?? .null),
              .init("units", line.units.map { .integer($0) } ?? .null),
              .init("billed", .money(line.billed)),
              .init("modelled", line.modelled.map { .money($0) } ?? .null),
              .init("explanation", .string(line.explanation)),
              .init("isExplained", .bool(line.isExplained)),
            ])
          })),
    ])
  }
}
