/// Quickselect for several ranks at once (Hoare's "Find", 1961): after it, the numbers at the
/// wanted ranks stand where sorting would put them.
enum Selection {
  /// `ranks` ascend and are indices of `numbers`. Sorts what is left when the splits go badly, so
  /// the time never grows beyond n·log n.
  static func place<Number: Comparable>(
    _ numbers: UnsafeMutableBufferPointer<Number>, ranks: ArraySlice<Int>, depth: Int
  ) {
    place(numbers, numbers.startIndex, numbers.endIndex - 1, ranks, depth)
  }

  private static func place<Number: Comparable>(
    _ numbers: UnsafeMutableBufferPointer<Number>, _ from: Int, _ to: Int,
    _ ranks: ArraySlice<Int>, _ depth: Int
  ) {
    if ranks.isEmpty || from >= to { return }
    if to - from < 24 || depth > 60 {
      var rest = numbers[from...to]
      rest.sort()
      return
    }
    let pivot = median(numbers[from], numbers[(from + to) / 2], numbers[to])
    var (i, j) = (from, to)
    while i <= j {
      while numbers[i] < pivot { i += 1 }
      while pivot < numbers[j] { j -= 1 }
      if i <= j {
        numbers.swapAt(i, j)
        i += 1
        j -= 1
      }
    }
    // Now from…j ≤ pivot ≤ i…to, and what lies between is the pivot, in its place.
    place(numbers, from, j, ranks.prefix { $0 <= j }, depth + 1)
    place(numbers, i, to, ranks[ranks.prefix { $0 < i }.endIndex...], depth + 1)
  }

  private static func median<Number: Comparable>(_ a: Number, _ b: Number, _ c: Number) -> Number {
    a < b ? (b < c ? b : max(a, c)) : (a < c ? a : max(b, c))
  }
}
