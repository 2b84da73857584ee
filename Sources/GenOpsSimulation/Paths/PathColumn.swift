/// What a path-by-path number is spread over.
package enum PathAxis: Sendable, Equatable {
  case month, slice, day, meter, stream, budget, draw
}

/// Numbers of every path, spread over named axes: a row for each path, the last axis runs fastest.
///
/// Kept by path, so that a report can look at differences between options path by path, and so that
/// the columns of two ranges of paths are joined by appending, whatever the borders between them.
package struct PathColumn<Value: Sendable & Equatable>: Sendable, Equatable {
  /// The axes with their lengths; none for one number per path.
  package let axes: [PathAxis]
  package let lengths: [Int]
  /// Numbers per path.
  package let width: Int
  package private(set) var values: [Value] = []

  package init(_ axes: KeyValuePairs<PathAxis, Int>) {
    self.axes = axes.map(\.key)
    lengths = axes.map(\.value)
    width = axes.reduce(1) { $0 * $1.value }
  }

  /// Rows kept so far; 0 where an axis has no length.
  package var paths: Int { width == 0 ? 0 : values.count / width }

  /// Adds the row of the next path: ``width`` numbers.
  mutating func append(_ row: [Value]) {
    assert(row.count == width)
    values += row
  }

  /// Adds the number of the next path, where there is one per path.
  mutating func append(_ value: Value) {
    assert(width == 1)
    values.append(value)
  }

  /// Adds whole rows: a multiple of ``width`` numbers.
  mutating func append(rows: [Value]) {
    assert(width == 0 ? rows.isEmpty : rows.count.isMultiple(of: width))
    values += rows
  }

  /// Adds the rows of the paths after these.
  mutating func append(_ other: PathColumn) { values += other.values }

  /// The number of a path without axes.
  package subscript(path: Int) -> Value { values[path * width] }

  /// The number at a place of the only axis.
  package subscript(path: Int, place: Int) -> Value { values[path * width + place] }

  /// The number at places of both axes.
  package subscript(path: Int, first: Int, second: Int) -> Value {
    values[path * width + first * lengths[1] + second]
  }
}
