/// An uncertain number of a scenario, with the name by which correlations find it.
public struct UncertainInput: Sendable, Hashable {
  /// Unique among the inputs; it also names the input's random numbers.
  public var name: String
  public var distribution: UncertainValue
  /// The random number that decides it; nil for the first under its own name.
  public var place: Place?

  /// One random number of one random generator.
  public struct Place: Sendable, Hashable {
    public var name: String
    public var purpose: String
    /// How many parameters are drawn before it.
    public var index: Int

    /// `index` counts the draws of one generator and purpose from 0.
    public init(name: String, purpose: String, index: Int = 0) {
      self.name = name
      self.purpose = purpose
      self.index = index
    }
  }

  /// `name` also names the input's random numbers, so that a renamed input has other ones.
  public init(_ name: String, _ distribution: UncertainValue, at place: Place? = nil) {
    self.name = name
    self.distribution = distribution
    self.place = place
  }
}
