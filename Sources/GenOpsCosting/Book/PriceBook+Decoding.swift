public import GenOpsUnits

import GenOpsMetering

extension PriceBook {
  /// Finds the book that another one extends: by name or, where files can be read, by path. Nil
  /// with a finding when it cannot.
  public typealias Finder = (_ name: String, SourceLocation, inout Findings) -> PriceBook?

  /// Reads a book from the bytes of a JSON file; `file` names it in findings. Only built-in books
  /// can be extended, unless `finder` finds more.
  public init(
    json bytes: some Collection<UInt8>, file: String, finder: Finder? = nil,
    _ findings: inout Findings
  ) throws(FindingsError) {
    let node = try JSONParser.parse(bytes, file: file)
    guard
      let book = PriceBook(node, sha256: Digest.sha256(bytes), finder: finder, &findings)
    else { throw FindingsError(findings: findings) }
    self = book
  }

  /// Reads a book from a JSON or YAML tree. Nil when there is an error; all of them are among the
  /// findings. `sha256` is the digest of the bytes the tree was read from.
  public init?(_ node: Node, sha256: String, finder: Finder? = nil, _ findings: inout Findings) {
    var found = Findings()
    defer { findings.merge(found) }
    var keys = MappingReader(node, "a price book", &found)
    let base = PriceBook.base(keys.take("extends"), finder, &found)
    let id = keys.required("id", example: #""id": "my-prices-2027-01""#, &found)?.text
    let title = keys.take("title")?.text
    let currencyNode =
      base == nil
      ? keys.required(
        "currency", example: #""currency": "USD""#, &found) : keys.take("currency")
    let currency = currencyNode.flatMap { PriceBook.currency($0, &found) } ?? base?.currency
    if let base, let currency, currency != base.currency {
      found.error(
        "two-currencies", "this book is in \(currency), \(base.id) in \(base.currency)",
        help: "nothing is converted; write \(base.currency)", at: currencyNode?.location)
    }
    let source = keys.required("source", example: #""source": "contract of 2027-01-04""#, &found)?
      .text
    let retrieved = keys.required("retrieved", example: #""retrieved": "2027-01-04""#, &found)
      .flatMap { PriceBook.day($0, &found) }
    let from = keys.take("effective_from").flatMap { PriceBook.day($0, &found) }
    let to = keys.take("effective_to").flatMap { PriceBook.day($0, &found) }
    let note = keys.take("note")?.text
    let unknown = PriceBook.list(keys.take("unknown"), "unknown", &found).compactMap(\.text)
    let example = #""rates": [{"meter": "events", "model": "per-unit", "price": "0.00005"}]"#
    let rateNodes =
      base == nil ? keys.required("rates", example: example, &found) : keys.take("rates")
    let addOnNodes = keys.take("add_ons")
    let changes = keys.take("changes")
    let termsNode = keys.take("terms")
    keys.finish(&found)
    if let from, let to, to < from {
      found.error(
        "wrong-order", "effective_to \(to) is before effective_from \(from)",
        help: "swap the two", at: node.location)
    }
    // Prices are read even when the head is wrong, so that all findings are shown at once.
    let reading = currency ?? "USD"
    var rates = PriceBook.list(rateNodes, "rates", &found).compactMap {
      Rate($0, currency: reading, &found)
    }
    var addOns = PriceBook.list(addOnNodes, "add_ons", &found).compactMap {
      AddOn($0, currency: reading, &found)
    }
    let terms = termsNode.flatMap { BillingTerms($0, currency: reading, &found) }
    PriceBook.reportRepeated(rates.map(\.meter.id), "rate for", rateNodes, &found)
    PriceBook.reportRepeated(addOns.map(\.id), "add-on called", addOnNodes, &found)
    if let base {
      rates = base.rates.filter { old in !rates.contains { $0.meter == old.meter } } + rates
      rates.sort { $0.meter.rawValue < $1.meter.rawValue }
      addOns = base.addOns.filter { old in !addOns.contains { $0.id == old.id } } + addOns
    }
    if let changes { PriceBook.change(&rates, by: changes, &found) }
    guard !found.hasErrors, let id, let currency, let source, let retrieved else { return nil }
    self.init(
      id: id, title: title ?? id, currency: currency, source: source, retrieved: retrieved,
      effectiveFrom: from, effectiveTo: to, note: note, unknown: (base?.unknown ?? []) + unknown,
      rates: rates, addOns: addOns, terms: terms ?? base?.terms ?? .none,
      // What stands in the book below belongs to this one's content.
      sha256: base.map { Digest.sha256(Array((sha256 + $0.sha256).utf8)) } ?? sha256)
  }

  private static func base(_ node: Node?, _ finder: Finder?, _ findings: inout Findings)
    -> PriceBook?
  {
    guard let node else { return nil }
    guard let name = node.text else {
      findings.error(
        "wrong-type", "extends names one book", help: #"write "extends": "posthog-2026-08""#,
        at: node.location)
      return nil
    }
    if let finder { return finder(name, node.location, &findings) }
    return PriceBook.named(name, at: node.location, &findings)
  }

  /// `changes: {session_recordings: +10%}` on the rates of the book below.
  private static func change(_ rates: inout [Rate], by node: Node, _ findings: inout Findings) {
    guard let entries = node.mapping else {
      findings.error(
        "wrong-type", "changes is a mapping from meter to percent",
        help: #"write "changes": {"session_recordings": "+10%"}"#, at: node.location)
      return
    }
    for entry in entries {
      guard let meter = Meter(named: entry.key) else {
        findings.add(Meter.unknown(entry.key, at: entry.keyLocation))
        continue
      }
      guard let percent = PriceReader(currency: "").percent(entry.value, signed: true, &findings)
      else { continue }
      guard let index = rates.firstIndex(where: { $0.meter == meter }) else {
        findings.error(
          "unknown-price", "there is no price of \(meter.id) to change",
          help: "write its rate under rates", at: entry.keyLocation)
        continue
      }
      guard percent.nanos >= -100_000_000_000,
        let (table, isRounded) = rates[index].table.changed(by: percent)
      else {
        findings.error(
          "price-range", "\(percent) leaves the range of prices", help: "write +10%",
          at: entry.value.location)
        continue
      }
      if isRounded {
        findings.note(
          "price-rounded", "\(percent) on \(meter.id) is rounded to 0.000000001 per unit",
          help: "write the new prices under rates if they are known", at: entry.value.location)
      }
      rates[index].table = table
      rates[index].places = table.upTo.map { _ in entry.value.location }
    }
  }

  private static func list(_ node: Node?, _ key: String, _ findings: inout Findings) -> [Node] {
    guard let node else { return [] }
    if let items = node.sequence { return items }
    findings.error(
      "wrong-type", "\(key) is a list, this is \(node.kindName)", help: "write [ … ]",
      at: node.location)
    return []
  }

  private static func reportRepeated(
    _ names: [String], _ what: String, _ node: Node?, _ findings: inout Findings
  ) {
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted {
      findings.error(
        "duplicate-key", "there is more than one \(what) \(name)", help: "keep one of them",
        at: node?.location)
    }
  }

  private static func currency(_ node: Node, _ findings: inout Findings) -> String? {
    if let text = node.text, text.utf8.count == 3, text.utf8.allSatisfy({ (65...90).contains($0) })
    {
      return text
    }
    findings.error(
      "currency", "a currency is three capital letters", help: #"write "USD""#, at: node.location)
    return nil
  }

  static func day(_ node: Node, _ findings: inout Findings) -> CalendarDay? {
    if let day = node.text.flatMap({ CalendarDay($0) }) { return day }
    findings.error(
      "date", "'\(node.text ?? node.kindName)' is not a day",
      help: DateForm.help(node.text ?? "", example: #""2027-01-31""#), at: node.location)
    return nil
  }
}

extension AddOn {
  /// Reads a flat add-on; nil with an error among the findings.
  init?(_ node: Node, currency: String, _ findings: inout Findings) {
    var keys = MappingReader(node, "an add-on", &findings)
    let id = keys.required("id", example: #""id": "boost""#, &findings)?.text
    let name = keys.take("name")?.text
    let plan = keys.take("plan")?.text
    let price = keys.required("price", example: #""price": "250.00""#, &findings).flatMap {
      PriceReader(currency: currency).amount($0, &findings)
    }
    keys.finish(&findings)
    guard let id, let price else { return nil }
    self.init(id: id, name: name ?? id, plan: plan, price: price)
  }
}
