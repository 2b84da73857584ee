public import GenOpsUnits

internal import GenOpsMetering

extension PriceBook {
  /// Reads a book from the bytes of a JSON file; `file` names it in findings.
  public init(json bytes: some Collection<UInt8>, file: String, _ findings: inout Findings)
    throws(FindingsError)
  {
    let node = try JSONParser.parse(bytes, file: file)
    guard let book = PriceBook(node, sha256: Digest.sha256(bytes), &findings) else {
      throw FindingsError(findings: findings)
    }
    self = book
  }

  /// Reads a book from a JSON or YAML tree. Nil when there is an error; all of them are among the
  /// findings. `sha256` is the digest of the bytes the tree was read from.
  public init?(_ node: Node, sha256: String, _ findings: inout Findings) {
    var found = Findings()
    defer { findings.merge(found) }
    var keys = MappingReader(node, "a price book", &found)
    let id = keys.required("id", example: #""id": "my-prices-2027-01""#, &found)?.text
    let title = keys.take("title")?.text
    let currency = keys.required("currency", example: #""currency": "USD""#, &found).flatMap {
      PriceBook.currency($0, &found)
    }
    let source = keys.required("source", example: #""source": "contract of 2027-01-04""#, &found)?
      .text
    let retrieved = keys.required("retrieved", example: #""retrieved": "2027-01-04""#, &found)
      .flatMap { PriceBook.day($0, &found) }
    let from = keys.take("effective_from").flatMap { PriceBook.day($0, &found) }
    let to = keys.take("effective_to").flatMap { PriceBook.day($0, &found) }
    let note = keys.take("note")?.text
    let rateNodes = keys.required(
      "rates", example: #""rates": [{"meter": "events", "model": "per-unit", "price": "0.00005"}]"#,
      &found)
    let addOnNodes = keys.take("add_ons")
    keys.finish(&found)
    if let from, let to, to < from {
      found.error(
        "wrong-order", "effective_to \(to) is before effective_from \(from)",
        help: "swap the two", at: node.location)
    }
    // Prices are read even when the head is wrong, so that all findings are shown at once.
    let reading = currency ?? "USD"
    let rates = PriceBook.list(rateNodes, "rates", &found).compactMap {
      Rate($0, currency: reading, &found)
    }
    let addOns = PriceBook.list(addOnNodes, "add_ons", &found).compactMap {
      AddOn($0, currency: reading, &found)
    }
    PriceBook.reportRepeated(rates.map(\.meter.id), "rate for", rateNodes, &found)
    PriceBook.reportRepeated(addOns.map(\.id), "add-on called", addOnNodes, &found)
    guard !found.hasErrors, let id, let currency, let source, let retrieved else { return nil }
    self.init(
      id: id, title: title ?? id, currency: currency, source: source, retrieved: retrieved,
      effectiveFrom: from, effectiveTo: to, note: note, rates: rates, addOns: addOns,
      sha256: sha256)
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

  private static func day(_ node: Node, _ findings: inout Findings) -> CalendarDay? {
    if let day = node.text.flatMap({ CalendarDay($0) }) { return day }
    findings.error(
      "date", "'\(node.text ?? node.kindName)' is not a day", help: #"write "2027-01-31""#,
      at: node.location)
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
