import GenOpsMetering
import GenOpsUnits

extension Rate {
  /// Reads a rate; nil with an error among the findings.
  init?(_ node: Node, currency: String, _ findings: inout Findings) {
    var keys = MappingReader(node, "a rate", &findings)
    let meter = keys.required("meter", example: #""meter": "events""#, &findings).flatMap {
      Rate.meter($0, &findings)
    }
    let product = keys.take("product")?.text
    let plan = keys.take("plan")?.text
    let includedWith = keys.take("included_with").flatMap { Rate.meter($0, &findings) }
    let isOptIn = keys.take("opt_in").map { Rate.flag($0, "opt_in", &findings) } ?? false
    let isLegacy = keys.take("legacy").map { Rate.flag($0, "legacy", &findings) } ?? false
    let perNode = keys.take("per")
    let per = perNode.map { Rate.per($0, &findings) } ?? 1
    let perUnit = keys.take("per_unit")?.text
    let free = keys.take("free_units").map {
      PriceReader(currency: currency, per: per ?? 1).bound($0, &findings)
    }
    let modelNode = keys.required("model", example: #""model": "graduated""#, &findings)
    let modelName = modelNode?.text ?? ""
    let kind = modelNode.flatMap { PriceModels.all.find(modelName, at: $0.location, &findings) }
    guard let kind else {
      return nil  // Without the model its keys are not known, so they cannot be called unknown.
    }
    let model = kind.init(&keys, PriceReader(currency: currency, per: per ?? 1), &findings)
    keys.finish(&findings)
    guard let meter, let per, let isOptIn, let isLegacy, let model else { return nil }
    if let free, free == nil { return nil }
    guard let priced = model.table else {
      findings.error(
        "price-range", "the tiers of \(meter.id) add up to more than 9.2 billion \(currency)",
        help: "lower the prices or the bounds", at: node.location)
      return nil
    }
    let table = priced.after(free: (free ?? 0) ?? 0)
    if let cliff = table.cliffs.first, !kind.canFall {
      findings.warning(
        "price-cliff", "\(cliff + 1) \(meter.id) cost less than \(cliff)",
        help: "is a price or a bound wrong?", at: node.location)
    }
    if let first = table.base.first, first > 0 {
      // Stripe, OpenMeter and Lago owe it in a period without usage too; the tables have C(0) = 0.
      findings.note(
        "owed-from-first-unit",
        "the flat \(Money(nanos: first)) of \(meter.id) is owed from the first unit on, and not in a "
          + "period without usage",
        help: "what is owed in any case is an add-on: add_ons: [{id: base, name: Base fee, price: "
          + "\"\(Money(nanos: first))\"}]", at: node.location)
    }
    var places = model.places
    if places.count != priced.segmentCount {
      places = priced.upTo.map { _ in keys.location }
    }
    if table.segmentCount > places.count { places.insert(node.location, at: 0) }
    self.init(
      meter: meter, product: product ?? meter.id, plan: plan, includedWith: includedWith,
      isOptIn: isOptIn, isLegacy: isLegacy, per: per, perUnit: perUnit, model: modelName,
      table: table,
      places: places)
  }

  static func meter(_ node: Node, _ findings: inout Findings) -> Meter? {
    let name = node.text ?? node.kindName
    if let meter = Meter(named: name) { return meter }
    findings.add(Meter.unknown(name, at: node.location))
    return nil
  }

  private static func flag(_ node: Node, _ key: String, _ findings: inout Findings) -> Bool? {
    if node.text == "true" { return true }
    if node.text == "false" { return false }
    findings.error("wrong-type", "\(key) is true or false", help: "write true", at: node.location)
    return nil
  }

  private static func per(_ node: Node, _ findings: inout Findings) -> Int64? {
    if let units = try? QuantityText.parse(node.text ?? ""), units > 0 { return units }
    findings.error(
      "wrong-type", "per is how many units of the meter one unit of the price list is",
      help: #"write "per": 1000"#, at: node.location)
    return nil
  }
}
