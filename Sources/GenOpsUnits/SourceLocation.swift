/// A place in a file a person wrote.
public struct SourceLocation: Sendable, Hashable, CustomStringConvertible {
  /// The file as the user named it.
  public var file: String
  /// From 1.
  public var line: Int
  /// From 1.
  public var column: Int

  /// Line and column count from 1.
  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// `main.yaml:12:3`.
  public var description: String { "\(file):\(line):\(column)" }
}
