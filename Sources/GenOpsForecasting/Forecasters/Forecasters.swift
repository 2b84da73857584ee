public import GenOpsUnits

/// A kind of forecaster.
public typealias ForecasterKind = any Forecaster.Type

/// The ways to read the days ahead from a history. A new one is one file and one line here.
public enum Forecasters {
  /// All of them, by name.
  public static let registry = Registry<ForecasterKind>(
    "forecaster",
    [
      entry(StructuralModel.self),
      entry(HistoryModel.self),
      entry(SeasonalNaive.self),
    ])

  /// The one that is used where none is named.
  public static let standard: ForecasterKind = StructuralModel.self

  private static func entry(_ kind: ForecasterKind) -> Registry<ForecasterKind>.Entry {
    Registry.Entry(name: kind.name, summary: kind.summary, kind: kind)
  }
}
