/// An uncertain number of a scenario, with the name by which correlations find it.
public struct UncertainInput: Sendable, Hashable {
  /// Unique among the inputs; it also names the input's random numbers.
  public var name: String
  public var law: UncertainValue

  public init(_ name: String, _ law: UncertainValue) {
    self.name = name
    self.law = law
  }
}
