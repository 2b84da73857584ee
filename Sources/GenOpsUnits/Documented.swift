/// A kind that describes itself in full.
public protocol Documented: Named {
  /// The kind in a file, as YAML.
  static var example: String { get }
  static var manual: KindManual { get }
}
