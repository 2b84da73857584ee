import GenOpsCosting
import GenOpsMetering
import GenOpsUnits

extension Rate {
  /// What decides the cost of a meter, in whole nano-units: segments as `RateTable` has them, each
  /// `[upTo, origin, base, unit, step]`, with null for no end.
  var agreed: JSONValue {
    .object([
      .init("meter", .string(meter.id)), .init("product", .string(product)),
      .init("optIn", .bool(isOptIn)), .init("model", .string(model)),
      .init("knownUpTo", Rate.bound(table.knownUpTo)),
      .init(
        "segments",
        .array(
          table.segments.map {
            .array([
              Rate.bound($0.upTo), .integer($0.origin), .integer($0.base), .integer($0.unit),
              .integer($0.step),
            ])
          })),
    ])
  }

  private static func bound(_ units: Int64) -> JSONValue {
    units == .max ? .null : .integer(units)
  }

  private static func bound(_ node: Node?) -> Int64? {
    node.flatMap { $0.isNull ? .max : $0.text.flatMap { Int64($0) } }
  }

  /// Reads what ``agreed`` writes.
  init(agreed node: Node) throws(LedgerLineError) {
    guard let meter = node["meter"]?.text.flatMap({ Meter(named: $0) }),
      let product = node["product"]?.text, let knownUpTo = Rate.bound(node["knownUpTo"])
    else { throw LedgerLineError("a rate has no usable 'meter', 'product' or 'knownUpTo'") }
    var segments: [RateTable.Segment] = []
    for item in node["segments"]?.sequence ?? [] {
      let parts = item.sequence ?? []
      guard parts.count == 5, let upTo = Rate.bound(parts[0]),
        let origin = parts[1].text.flatMap({ Int64($0) }),
        let base = parts[2].text.flatMap({ Int64($0) }),
        let unit = parts[3].text.flatMap({ Int64($0) }),
        let step = parts[4].text.flatMap({ Int64($0) }),
        // A table divides by its steps and counts from its origins.
        step >= 1, origin >= 0, upTo > origin, segments.last.map({ $0.upTo < upTo }) ?? true
      else { throw LedgerLineError("the segments of \(meter.id) cannot be read") }
      segments.append(.init(upTo: upTo, origin: origin, base: base, unit: unit, step: step))
    }
    guard segments.last?.upTo == .max else {
      throw LedgerLineError("the segments of \(meter.id) have an end")
    }
    self.init(
      meter: meter, product: product, isOptIn: node["optIn"]?.text == "true",
      model: node["model"]?.text ?? "graduated",
      table: RateTable(segments, knownUpTo: knownUpTo))
  }
}

extension AddOn {
  /// What decides a fee.
  var agreed: JSONValue {
    ["id": .string(id), "name": .string(name), "price": .money(price)]
  }

  /// Reads what ``agreed`` writes.
  init(agreed node: Node) throws(LedgerLineError) {
    guard let id = node["id"]?.text, let name = node["name"]?.text,
      let price = node["price"]?.text.flatMap({ try? Money(parsing: $0) })
    else { throw LedgerLineError("an add-on has no 'id', 'name' or 'price'") }
    self.init(id: id, name: name, price: price)
  }
}
