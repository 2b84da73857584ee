public import GenOpsUnits

/// A kind of series model.
public typealias SeriesModelKind = any SeriesModel.Type

/// The ways to forecast a series of equal steps. A new one is one file and one line here.
public enum SeriesModels {
  /// All of them, by name.
  public static let registry = Registry<SeriesModelKind>(
    "series model",
    [
      entry(AutoSeries.self),
      entry(NaiveSeries.self),
      entry(SeasonalNaiveSeries.self),
      entry(DriftSeries.self),
      entry(DampedSmoothing.self),
      entry(DynamicTheta.self),
      entry(ComplexSmoothing.self),
      entry(HarmonicRegression.self),
    ])

  /// The one that is used where none is named.
  public static let standard: SeriesModelKind = AutoSeries.self

  private static func entry(_ kind: SeriesModelKind) -> Registry<SeriesModelKind>.Entry {
    Registry.Entry(name: kind.name, summary: kind.summary, kind: kind)
  }
}
