import GenOpsCosting
import GenOpsMetering
import GenOpsNumerics
import GenOpsScenario
package import GenOpsUnits

extension Snapshot {
  /// Reads a snapshot that ``json`` wrote.
  ///
  /// - Throws: When the file cannot be read or is not one: somebody edited it, or a merge did.
  package static func read(path: String) throws(FindingsError) -> Snapshot {
    let (node, _) = try YAMLReader.read(path: path)
    var reader = SnapshotReader(path: path)
    guard let snapshot = reader.snapshot(node) else {
      throw FindingsError(
        "snapshot-format", "the snapshot cannot be read: \(reader.trouble)",
        help: "write it again with 'genops snapshot update'",
        at: SourceLocation(file: path, line: 1, column: 1))
    }
    return snapshot
  }
}

/// Reads the parts of a snapshot; the first that is not as it was written ends it.
private struct SnapshotReader {
  let path: String
  var trouble = "it is not complete"

  init(path: String) { self.path = path }

  mutating func snapshot(_ node: Node) -> Snapshot? {
    guard node["schemaVersion"]?.text == "\(Snapshot.schemaVersion)" else {
      trouble = "it is of another version"
      return nil
    }
    guard let paths = node["paths"]?.text.flatMap(Int.init),
      let version = node["version"]?.text, let fingerprint = node["mathFingerprint"]?.text,
      let currency = node["currency"]?.text, let tolerance = tolerance(node["tolerance"]),
      let data = node["data"]?.mapping, let prices = prices(node["prices"], currency),
      let quotes = list(node["quotes"], quote), let figures = list(node["figures"], figure),
      let text = node["text"]?.sequence
    else { return nil }
    return Snapshot(
      paths: paths, tolerance: tolerance, version: version, mathFingerprint: fingerprint,
      currency: currency, data: data.map { ($0.key, $0.value.text ?? "") },
      text: text.map { $0.sequence?.first?.text ?? $0.text ?? "" }, prices: prices,
      quotes: quotes, figures: figures)
  }

  private mutating func list<Item>(_ node: Node?, _ read: ([String?]) -> Item?) -> [Item]? {
    guard let items = node?.sequence else { return nil }
    var result: [Item] = []
    for item in items {
      let parts = (item.sequence ?? []).map { $0.isNull ? nil : $0.text }
      guard let one = read(parts) else {
        trouble = "line \(item.location.line) is not as it was written"
        return nil
      }
      result.append(one)
    }
    return result
  }

  private func tolerance(_ node: Node?) -> Snapshot.Tolerance? {
    var tolerance = Snapshot.Tolerance()
    guard let node else { return nil }
    func value(_ key: String) -> Double? { node[key]?.text.flatMap(Double.init) }
    guard let cost = value("cost"), let probability = value("probability"),
      let count = value("count"), min(cost, probability, count) >= 0
    else { return nil }
    tolerance.cost = cost
    tolerance.probability = probability
    tolerance.count = count
    return tolerance
  }

  private func quote(_ parts: [String?]) -> Snapshot.Quote? {
    guard parts.count == 4, let book = parts[0], let meter = parts[1],
      let units = parts[2].flatMap({ Int64($0) })
    else { return nil }
    let cost = parts[3].flatMap { try? Money(parsing: $0) }
    guard (cost == nil) == (parts[3] == nil) else { return nil }
    return Snapshot.Quote(book: book, meter: meter, units: units, cost: cost)
  }

  private func figure(_ parts: [String?]) -> Snapshot.Figure? {
    guard parts.count == 4, let option = parts[0], let metric = parts[1],
      let unit = parts[2].flatMap(Snapshot.Figure.Unit.init), let text = parts[3],
      let value = Double(text)
    else { return nil }
    return Snapshot.Figure(option: option, metric: metric, unit: unit, value: value)
  }

  // MARK: Prices

  private mutating func prices(_ node: Node?, _ currency: String) -> PriceSchedule? {
    var entries: [(from: CalendarDay?, book: PriceBook)] = []
    for item in node?.sequence ?? [] {
      guard let book = book(item, currency) else { return nil }
      entries.append((item["from"]?.text.flatMap { CalendarDay($0) }, book))
    }
    guard let first = entries.first else { return nil }
    let place = SourceLocation(file: path, line: 1, column: 1)
    return PriceSchedule(
      first.book, start: first.from,
      changes: entries.dropFirst().compactMap { entry in
        entry.from.map { .init(from: $0, book: entry.book, location: place) }
      })
  }

  private mutating func book(_ node: Node, _ currency: String) -> PriceBook? {
    var findings = Findings()
    guard let id = node["id"]?.text,
      let retrieved = node["retrieved"]?.text.flatMap({ CalendarDay($0) }),
      let rates = node["rates"]?.mapping, let addOns = node["addOns"]?.mapping,
      let termsNode = node["terms"],
      let terms = BillingTerms(termsNode, currency: currency, &findings)
    else {
      trouble = "its prices are not as they were written"
      return nil
    }
    var read: [Rate] = []
    for entry in rates {
      guard let meter = Meter(named: entry.key), let table = table(entry.value) else {
        trouble = "the price of '\(entry.key)' is not as it was written"
        return nil
      }
      read.append(Rate(meter: meter, product: meter.id, model: "snapshot", table: table))
    }
    return PriceBook(
      id: id, title: id, currency: currency, source: path, retrieved: retrieved, rates: read,
      addOns: addOns.compactMap { entry in
        entry.value.text.flatMap { try? Money(parsing: $0) }.map {
          AddOn(id: entry.key, name: entry.key, price: $0)
        }
      }, terms: terms)
  }

  private func table(_ node: Node) -> RateTable? {
    var segments: [RateTable.Segment] = []
    var known = Int64.max
    for item in node.sequence ?? [] {
      let parts = (item.sequence ?? []).map { $0.isNull ? nil : $0.text }
      guard parts.count == 6, let unit = parts[1].flatMap({ try? Money(parsing: $0) }),
        let step = parts[2].flatMap({ Int64($0) }), step > 0,
        let origin = parts[3].flatMap({ Int64($0) }),
        let base = parts[4].flatMap({ try? Money(parsing: $0) })
      else { return nil }
      let upTo = parts[0].map { Int64($0) } ?? .max
      guard let upTo, upTo > segments.last?.upTo ?? 0 else { return nil }
      if parts[5] == "false" { known = min(known, segments.last?.upTo ?? 0) }
      segments.append(
        .init(upTo: upTo, origin: origin, base: base.nanos, unit: unit.nanos, step: step))
    }
    return segments.last?.upTo == .max ? RateTable(segments, knownUpTo: known) : nil
  }
}
