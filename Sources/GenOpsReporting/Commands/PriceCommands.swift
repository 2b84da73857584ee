import GenOpsCosting
import GenOpsMetering
import GenOpsUnits
import GenOpsWorkbench

/// `genops prices list | show | quote`.
package enum PriceCommands {
  package enum Format: String, Sendable, CaseIterable { case text, json }

  /// The books there are.
  package static func list(format: Format, _ options: OutputOptions) -> CommandOutput {
    let books = PriceBooks.builtIn.entries.map(\.kind)
    switch format {
    case .json:
      return CommandOutput(stdout: JSONValue.array(books.map(description)).pretty)
    case .text:
      let rows = books.map { book in
        [
          book.id + (book.id == PriceBooks.defaultName ? " *" : ""), book.title, book.currency,
          book.effectiveFrom?.description ?? "unknown",
          book.effectiveTo?.description ?? (book.effectiveFrom == nil ? "" : "in force"),
          book.retrieved.description,
        ]
      }
      let table = TextTable(
        [
          .init("Book"), .init("What", shrinksTo: 12), .init("Cur."), .init("From"),
          .init("To"), .init("Read on"),
        ], rows)
      return CommandOutput(
        stdout: table.text(options.style)
          + "\n* is used when none is named. 'genops prices show BOOK' draws its tiers.\n")
    }
  }

  /// One book: its tiers with unit price and cumulative cost, and where `usage` stands.
  package static func show(
    book name: String, usage: String?, format: Format, _ options: OutputOptions
  ) -> CommandOutput {
    var findings = Findings()
    let totals = usage.map { UsageText.parse($0, &findings) } ?? MeterTotals()
    guard let book = PriceBookFile.find(name, at: nil, &findings), !findings.hasErrors else {
      return CommandOutput(findings, color: options.errorColor)
    }
    if format == .json {
      return CommandOutput(stdout: description(book, withRates: true).pretty)
    }
    var out = "\(book.id): \(book.title), \(book.currency)\n"
    out += "source: \(book.source)\nread on \(book.retrieved)\n"
    let calculator = CostCalculator(book: book, addOns: Set(book.addOnNames))
    for rate in book.rates {
      guard let table = calculator.table(for: rate.meter) else { continue }
      let kind = rate.isOptIn ? ", chosen as add-on '\(rate.product)'" : ""
      out += "\n\(rate.meter.invoiceName) (\(rate.meter.id)), per \(rate.meter.unit)\(kind)\n"
      let here = totals[rate.meter]
      let rows = (0..<table.segmentCount).map { index -> [TextTable.Cell] in
        let from = index == 0 ? 0 : table.upTo[index - 1]
        let isHere = here > from && here <= table.upTo[index]
        let bound = table.upTo[index]
        return [
          TextTable.Cell("  " + groupedDigits(String(from + 1))),
          TextTable.Cell(bound == .max ? "no limit" : groupedDigits(String(bound))),
          TextTable.Cell(UnitPrice(nanosPerUnit: table.unit[index]).description),
          TextTable.Cell(
            bound == .max ? "" : table.cost(of: bound)?.text(decimals: 2, grouping: true) ?? "?"),
          TextTable.Cell(
            isHere
              ? "you are here: \(groupedDigits(String(here))) = "
                + "\(table.cost(of: here)?.text(decimals: 2, grouping: true) ?? "?")" : "", .good),
        ]
      }
      out += TextTable(
        [
          .init("  from unit", .right), .init("to", .right), .init("unit price", .right),
          .init("all up to here", .right), .init(""),
        ], rows
      ).text(options.style)
    }
    if !book.addOns.isEmpty {
      out += "\nAdd-ons per month: "
      out += book.addOns.map { "\($0.id) \($0.price)" }.joined(separator: ", ") + "\n"
    }
    return CommandOutput(stdout: out, findings, color: options.errorColor)
  }

  /// What `usage` of one billing period costs.
  package static func quote(
    book name: String, usage: String, addOns: [String], format: Format, _ options: OutputOptions
  ) -> CommandOutput {
    var findings = Findings()
    let totals = UsageText.parse(usage, &findings)
    guard let book = PriceBookFile.find(name, at: nil, &findings) else {
      return CommandOutput(findings, color: options.errorColor)
    }
    let calculator = CostCalculator(book: book, addOns: Set(addOns))
    findings.merge(calculator.findings)
    if findings.hasErrors { return CommandOutput(findings, color: options.errorColor) }
    let bill: Bill
    do throws(CostError) { bill = try calculator.bill(for: totals) } catch {
      findings.error("out-of-range", "\(error)", help: "quote a smaller usage")
      return CommandOutput(findings, color: options.errorColor)
    }
    findings.merge(bill.findings)
    switch format {
    case .json: return CommandOutput(stdout: json(bill).pretty, findings, color: options.errorColor)
    case .text:
      var rows = bill.charges.map { charge in
        [
          charge.meter.invoiceName, groupedDigits(String(charge.units)),
          charge.amount.text(decimals: nil, grouping: true),
        ]
      }
      rows += bill.fees.map { fee in
        let name = fee.name + (fee.detail.map { ", \($0)" } ?? "")
        return [name, "", fee.amount.text(decimals: nil, grouping: true)]
      }
      rows += bill.adjustments.map {
        [$0.name, "", $0.amount.text(decimals: nil, grouping: true)]
      }
      rows += bill.unpriced.map {
        [$0.meter.invoiceName, groupedDigits(String($0.units)), "price unknown"]
      }
      rows.append(["Total", "", bill.total.text(decimals: nil, grouping: true)])
      let table = TextTable(
        [.init("Per billing period"), .init("units", .right), .init(bill.currency, .right)], rows)
      return CommandOutput(
        stdout: table.text(options.style) + "\(bill.book)\n", findings, color: options.errorColor)
    }
  }

  private static func json(_ bill: Bill) -> JSONValue {
    .object([
      .init("book", .string(bill.book)), .init("currency", .string(bill.currency)),
      .init("total", .money(bill.total)),
      .init(
        "charges",
        .array(
          bill.charges.map {
            .object([
              .init("meter", .string($0.meter.id)), .init("units", .integer($0.units)),
              .init("amount", .money($0.amount)),
            ])
          })),
      .init(
        "fees",
        .array(
          bill.fees.map {
            .object([.init("addOn", .string($0.id)), .init("amount", .money($0.amount))])
          })),
      .init(
        "adjustments",
        .array(
          bill.adjustments.map {
            .object([
              .init("kind", .string($0.kind.rawValue)), .init("name", .string($0.name)),
              .init("amount", .money($0.amount)),
            ])
          })),
      .init(
        "unpriced",
        .array(
          bill.unpriced.map {
            .object([
              .init("meter", .string($0.meter.id)), .init("units", .integer($0.units)),
            ])
          })),
    ])
  }

  private static func description(_ book: PriceBook) -> JSONValue {
    description(book, withRates: false)
  }

  private static func description(_ book: PriceBook, withRates: Bool) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("id", .string(book.id)), .init("title", .string(book.title)),
      .init("currency", .string(book.currency)), .init("source", .string(book.source)),
      .init("retrieved", .string(book.retrieved.description)),
      .init("effectiveFrom", book.effectiveFrom.map { .string($0.description) } ?? .null),
      .init("effectiveTo", book.effectiveTo.map { .string($0.description) } ?? .null),
      .init("sha256", .string(book.sha256)),
      .init("isDefault", .bool(book.id == PriceBooks.defaultName)),
    ]
    guard withRates else { return .object(members) }
    members.append(
      .init(
        "rates",
        .array(
          book.rates.map { rate in
            let table = rate.table
            return .object([
              .init("meter", .string(rate.meter.id)), .init("optIn", .bool(rate.isOptIn)),
              .init(
                "tiers",
                .array(
                  (0..<table.segmentCount).map {
                    .object([
                      .init("upTo", table.upTo[$0] == .max ? .null : .integer(table.upTo[$0])),
                      .init(
                        "unitPrice",
                        .string(UnitPrice(nanosPerUnit: table.unit[$0]).description)),
                    ])
                  })),
            ])
          })))
    members.append(
      .init(
        "addOns",
        .array(
          book.addOns.map {
            .object([.init("id", .string($0.id)), .init("amount", .money($0.price))])
          })))
    return .object(members)
  }
}
