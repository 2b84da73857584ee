/// The known name a mistyped one was probably meant to be, or nil when none is close.
///
/// Optimal string alignment distance (Levenshtein with adjacent swaps), at most a third of the
/// length and at most 3, ignoring case, `-` and `_`.
public func nearestName(to name: String, among known: some Sequence<String>) -> String? {
  nearest(name, known).map(\.name)
}

/// The known name that was probably meant by a mistyped or a shortened one; nil when none is close.
///
/// One letter that differs comes first, then the only name that begins as `name` does, with or without an `s` at its
/// end and of four letters at least (`GENOPS_DAILY_BUDGET`, `idents`), then the rest of ``nearestName(to:among:)``.
public func nearestName(to name: String, orBeginning known: some Sequence<String>) -> String? {
  let near = nearest(name, known)
  if let near, near.distance < 2 { return near.name }
  let wanted = letters(name)
  let stems = [wanted[...], wanted.last == "s" ? wanted.dropLast() : wanted[...]].filter {
    $0.count >= 4
  }
  let begun = Set(known.filter { known in stems.contains { letters(known).starts(with: $0) } })
  return begun.count == 1 ? begun.first : near?.name
}

private func letters(_ text: String) -> [Character] {
  text.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }.map { $0 }
}

private func nearest(_ name: String, _ known: some Sequence<String>) -> (
  name: String, distance: Int
)? {
  let wanted = letters(name)
  // Every known name is shorter, and the distance takes the product of both lengths.
  guard wanted.count <= 64 else { return nil }
  var best: (name: String, distance: Int)?
  for candidate in known {
    let distance = alignmentDistance(wanted, letters(candidate))
    let limit = min(3, max(1, max(wanted.count, 3) / 3))
    if distance <= limit, distance < (best?.distance ?? .max) { best = (candidate, distance) }
  }
  return best
}

private func alignmentDistance(_ a: [Character], _ b: [Character]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var value = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        value = min(value, beforeLast[j - 1] + 1)
      }
      row.append(value)
    }
    beforeLast = last
    last = row
  }
  return last[b.count]
}
