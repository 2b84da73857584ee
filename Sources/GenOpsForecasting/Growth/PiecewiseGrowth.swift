import Foundation
public import GenOpsNumerics
public import GenOpsUnits

/// One compound rate after another: "5 % per month for half a year, then 2 %". The last piece has
/// no end.
public struct PiecewiseGrowth: ExpectedGrowth, Hashable {
  public static let name = "piecewise"
  public static let summary = "one rate after another"
  public static let example = """
    model: piecewise
    pieces: [{rate: 4% to 8% per month, for: 4 to 8 months}, {rate: 1% to 3% per month}]
    """

  public static let manual = KindManual(
    "Π over the pieces: (1 + rate)^(days in the piece / 30.4375)",
    [
      "pieces": "a list of {rate: % per month, for: a time span}; the last has no end",
      "volatility": "how far each day strays, % per year (standard deviation of the logarithm)",
    ])

  /// One rate and how long it holds.
  public struct Piece: Sendable, Hashable {
    /// Fraction per month; a draw below −0.99 counts as −0.99.
    public var ratePerMonth: UncertainValue
    /// Days it lasts; nil for ever.
    public var days: UncertainValue?

    /// The rate is a fraction per month; without `days` it holds for ever.
    public init(ratePerMonth: UncertainValue, days: UncertainValue? = nil) {
      self.ratePerMonth = ratePerMonth
      self.days = days
    }
  }

  /// At least one; all but the last have an end.
  public var pieces: [Piece]
  public var volatility: Volatility

  /// `pieces` is not empty, and all but the last have an end.
  public init(pieces: [Piece], volatility: Volatility = .none) {
    self.pieces = pieces
    self.volatility = volatility
  }

  public static func decode(_ node: Node, _ findings: inout Findings) -> PiecewiseGrowth? {
    var keys = MappingReader(node, "piecewise growth", &findings)
    _ = keys.take("model")
    let example = "[{rate: 5% per month, for: 6 months}, {rate: 2% per month}]"
    let list = keys.required("pieces", example: "pieces: \(example)", &findings)
    let volatility = Volatility.take(from: &keys, &findings)
    keys.finish(&findings)
    guard let list else { return nil }
    guard let items = list.sequence, !items.isEmpty else {
      findings.error(
        "wrong-type", "'pieces' is a list of rates", help: "pieces: \(example)",
        at: list.location)
      return nil
    }
    let pieces = items.enumerated().map { index, item in
      piece(item, isLast: index == items.count - 1, &findings)
    }
    let read = pieces.compactMap { $0 }
    return read.count == pieces.count ? PiecewiseGrowth(pieces: read, volatility: volatility) : nil
  }

  private static func piece(_ node: Node, isLast: Bool, _ findings: inout Findings) -> Piece? {
    var keys = MappingReader(node, "a piece of growth", &findings)
    let rate = keys.required("rate", example: "rate: 5% per month", &findings)
    let span =
      isLast
      ? keys.take("for") : keys.required("for", example: "for: 6 months", &findings)
    keys.finish(&findings)
    let value = rate.flatMap { RateText.read($0, key: "rate", as: .compound, &findings) }
    let days = ParameterText.read(span, key: "for", as: .span, example: "6 months", &findings)
    guard let value, (days != nil) == (span != nil), isLast || days != nil else { return nil }
    return Piece(ratePerMonth: value, days: isLast ? nil : days)
  }

  public var parameters: [GrowthParameter] {
    var list: [GrowthParameter] = []
    for (index, piece) in pieces.enumerated() {
      list.append(GrowthParameter("rate \(index + 1)", piece.ratePerMonth))
      if let days = piece.days { list.append(GrowthParameter("for \(index + 1)", days)) }
    }
    return list + volatility.parameters
  }
  public var strays: Bool { volatility.isGiven }
  public var isDeterministic: Bool {
    parameters.allSatisfy(\.distribution.isConstant) && volatility.isNone
  }

  /// Growth of the logarithm per day and the day it ends, piece by piece.
  private func drawn(_ draw: (UncertainValue) -> Double) -> [(speed: Double, end: Double)] {
    var end = 0.0
    return pieces.map { piece in
      let speed = DailyRate.log(perMonth: draw(piece.ratePerMonth))
      end += piece.days.map { max(0, draw($0)) } ?? .infinity
      return (speed, end)
    }
  }

  private static func logarithm(_ day: Double, _ pieces: [(speed: Double, end: Double)]) -> Double {
    var (sum, begin) = (0.0, 0.0)
    for (speed, end) in pieces where begin < day {
      sum += speed * (min(day, end) - begin)
      begin = end
    }
    return sum
  }

  public func path(into days: UnsafeMutableBufferPointer<Double>, generator: inout RandomGenerator)
  {
    let pieces = drawn { $0.value(&generator) }
    volatility.path(into: days, generator: &generator)
    for day in days.indices {
      days[day] *= exp(PiecewiseGrowth.logarithm(Double(day), pieces))
    }
  }

  public func expectation(days count: Int) -> [Double]? {
    let pieces = drawn { $0.quantile(0.5) }
    return (0..<count).map { exp(PiecewiseGrowth.logarithm(Double($0), pieces)) }
  }
}
