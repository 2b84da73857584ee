/// What a person needs to know of a registered kind to use it: `genops kinds NAME` prints it, and
/// `docs/kinds.md` holds all of them.
public struct KindManual: Sendable {
  /// The formula or rule in one or a few lines.
  public var formula: String
  /// The keys in a file with what they mean, in which unit.
  public var parameters: KeyValuePairs<String, String>
  /// Who found it, or where its numbers come from; nil where there is nothing to cite.
  public var source: String?
  /// How its parameters are found in a history; nil when they are given.
  public var calibration: String?

  /// `formula` may have several lines; `parameters` stay in this order.
  public init(
    _ formula: String, _ parameters: KeyValuePairs<String, String>, source: String? = nil,
    calibration: String? = nil
  ) {
    self.formula = formula
    self.parameters = parameters
    self.source = source
    self.calibration = calibration
  }
}
