public import GenOpsUnits

/// A way to read the days ahead from a history of daily usage: a registered kind.
///
/// A kind is one file and one line in ``Forecasters``; the type that is fitted may be the kind
/// itself. The contract tests run over the registry.
public protocol Forecaster: Named {
  /// What `series`, called `name` in findings and in draws, says about the days after it.
  ///
  /// Never fails: a history that does not support the method is forecast by something plainer, as
  /// far down as the mean of what there is, and the forecast's findings say so. Unknown days are
  /// NaN and are not zero. Draws nothing. `location` is where the findings point.
  static func fit(_ series: DailySeries, name: String, at location: SourceLocation?) -> any Forecast
}
