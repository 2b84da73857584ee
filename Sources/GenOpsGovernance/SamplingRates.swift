/// What part of each event class is kept.
public struct SamplingRates: Sendable, Hashable {
  /// By the name of the class, 0…1.
  public var byClass: [String: Double]
  /// For classes that are not named, 0…1.
  public var standard: Double

  /// Keeps everything.
  public static let everything = SamplingRates()

  /// Rates are the part of the users that is kept, 0…1; `standard` is for classes without one.
  public init(byClass: [String: Double] = [:], standard: Double = 1) {
    self.byClass = byClass
    self.standard = standard
  }

  /// The rate for a class. Critical classes are kept whole whatever is configured: their loss is
  /// never worth the money.
  public func rate(ofClass name: String, isCritical: Bool) -> Double {
    isCritical ? 1 : byClass[name] ?? standard
  }

  /// Whether no class is thinned.
  public var keepsEverything: Bool { standard >= 1 && byClass.values.allSatisfy { $0 >= 1 } }
}
