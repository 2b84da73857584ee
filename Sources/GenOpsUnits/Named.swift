/// A kind of thing a file can name: a growth model, a price model, a policy, a report format.
public protocol Named: SendableMetatype {
  /// The name used in files, in kebab-case.
  static var name: String { get }
  /// One line for `genops kinds`.
  static var summary: String { get }
}
