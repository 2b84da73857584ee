public import GenOpsUnits

/// How a meter's price depends on the units used in one billing period.
///
/// A model reads its keys from a rate of a price book and compiles itself to a ``RateTable``;
/// nothing else in the program knows that models exist. A new kind is one file and one line in
/// ``PriceModels/all``; the contract tests then run over it.
public protocol PriceModel: Named, Sendable {
  /// The keys of a rate with this model, as JSON: shown by `genops kinds` and used by the tests.
  static var example: String { get }

  /// Whether more can cost less: a cliff that the kind declares.
  static var canFall: Bool { get }

  /// Reads the model's own keys. Nil with at least one error among the findings.
  init?(_ keys: inout MappingReader, _ prices: PriceReader, _ findings: inout Findings)

  /// The cost of the first `q` units, or nil when it leaves the range of money.
  var table: RateTable? { get }

  /// Where the price of each segment of ``table`` stands; empty when all stand with the rate.
  var places: [SourceLocation] { get }
}

extension PriceModel {
  public static var canFall: Bool { false }
  public var places: [SourceLocation] { [] }
}

/// The price models a book can name.
public enum PriceModels {
  /// All of them.
  public static let all = Registry<any PriceModel.Type>(
    "price model",
    [
      entry(FlatFeePrice.self),
      entry(PerUnitPrice.self),
      entry(GraduatedPrice.self),
      entry(VolumePrice.self),
      entry(PackagePrice.self),
      entry(StairstepPrice.self),
      entry(PercentagePrice.self),
    ])

  private static func entry<Model: PriceModel>(_ model: Model.Type)
    -> Registry<any PriceModel.Type>.Entry
  {
    .init(name: model.name, summary: model.summary, kind: model)
  }
}
