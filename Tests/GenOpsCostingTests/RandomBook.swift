import GenOpsCosting
import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits

/// A random price book as JSON, with its rates once more as plain numbers, for a second opinion
/// that shares no code with the tables.
struct RandomBook {
  struct Tier {
    var upTo: Int64
    var price: Int64
    var flat: Int64
  }
  struct RatePlan {
    var meter: Meter
    var model: String
    var tiers: [Tier]
    var size: Int64
    var free: Int64
  }

  static let meters: [Meter] = [.events, .sessionRecordings, .featureFlagRequests, .llmEvents]
  var rates: [RatePlan]
  var terms = ""

  init(_ random: inout SeededGenerator, falling: Bool = false) {
    let models = ["graduated", "per-unit", "flat-fee", "package", "percentage"]
    rates = RandomBook.meters.map { meter in
      var model = models[Int(random.below(Int64(models.count)))]
      if random.below(3) == 0 { model = falling ? "volume" : "stairstep" }
      var tiers: [Tier] = []
      var bound: Int64 = 0
      var price: Int64 = 1 + random.below(5000)
      let isTiered = ["graduated", "volume", "stairstep"].contains(model)
      for _ in 0..<(isTiered ? random.below(5) : 0) {
        bound += 1 + random.below(60)
        let flat: Int64 = model == "graduated" && random.below(3) == 0 ? random.below(900) : 0
        tiers.append(Tier(upTo: bound, price: price, flat: flat))
        // A stairstep that rises has no cliff; others may have any next price.
        price = model == "stairstep" ? price + random.below(5000) : random.below(5000)
      }
      tiers.append(Tier(upTo: .max, price: price, flat: 0))
      return RatePlan(
        meter: meter, model: model, tiers: tiers, size: 1 + random.below(20),
        free: random.below(3) == 0 ? 1 + random.below(50) : 0)
    }
  }

  /// Unit by unit: no formula, no running sum of tiers.
  func cost(of units: Int64, on meter: Meter) -> Int64 {
    guard let rate = rates.first(where: { $0.meter == meter }) else { return 0 }
    let paid = max(0, units - rate.free)
    if paid == 0 { return 0 }
    func tier(_ unit: Int64) -> Tier { rate.tiers.first { unit <= $0.upTo } ?? rate.tiers[0] }
    switch rate.model {
    case "per-unit", "percentage":
      return (1...paid).reduce(0) { sum, _ in sum + rate.tiers[0].price }
    case "flat-fee": return rate.tiers[0].price
    case "package":
      return (1...paid).reduce(0) { $0 + (($1 - 1) % rate.size == 0 ? rate.tiers[0].price : 0) }
    case "volume":
      return (1...paid).reduce(0) { sum, _ in sum + tier(paid).price }
    case "stairstep": return tier(paid).price
    default:
      return (1...paid).reduce(0) { sum, unit in
        let here = tier(unit)
        let isFirst = unit == 1 || tier(unit - 1).upTo != here.upTo
        return sum + here.price + (isFirst ? here.flat : 0)
      }
    }
  }

  var json: String {
    let rates = rates.map { rate -> String in
      func text(_ nanos: Int64) -> String { Money(nanos: nanos).description }
      let price = text(rate.tiers[0].price)
      let body =
        switch rate.model {
        case "per-unit", "flat-fee": #""price": "\#(price)""#
        case "package": #""size": \#(rate.size), "price": "\#(price)""#
        // A hundred times the price, of which one percent is taken.
        case "percentage":
          #""percent": "1%", "worth": "\#(text(rate.tiers[0].price * 100))""#
        default:
          #""tiers": ["#
            + rate.tiers.map { tier in
              let bound = tier.upTo == .max ? "" : #""up_to": \#(tier.upTo), "#
              let flat = tier.flat == 0 ? "" : #", "flat": "\#(text(tier.flat))""#
              return #"{\#(bound)"price": "\#(text(tier.price))"\#(flat)}"#
            }.joined(separator: ", ") + "]"
        }
      let free = rate.free > 0 ? #", "free_units": \#(rate.free)"# : ""
      return #"{"meter": "\#(rate.meter.id)", "model": "\#(rate.model)", \#(body)\#(free)}"#
    }
    return """
      {"id": "random", "currency": "USD", "source": "a test", "retrieved": "2027-01-04",
       "rates": [\(rates.joined(separator: ", "))],
       "add_ons": [{"id": "boost", "price": "0.000003"}]\(terms)}
      """
  }

  func book() throws -> PriceBook {
    var findings = Findings()
    return try PriceBook(json: Array(json.utf8), file: "random.json", &findings)
  }
}
