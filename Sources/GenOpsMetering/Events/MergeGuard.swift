/// Distinct ids that stem from a mistake of a program, such as `undefined`: PostHog joins no two persons by
/// them, or all users of that program would become one.
///
/// Source: PostHog, `nodejs/src/common/persons/person-utils.ts`, `isDistinctIdIllegal`.
enum MergeGuard {
  /// Whether PostHog refuses to merge `id` into another person. Such an id still gets its own person.
  static func forbids(_ id: String) -> Bool {
    // The longest is `"not_authenticated"` with its quotation marks.
    if id.utf8.count > 24 { return id.unicodeScalars.allSatisfy(\.properties.isWhitespace) }
    var bare = id[...]
    if let mark = bare.first, mark == "'" || mark == "\"", bare.count > 2, bare.last == mark {
      bare = bare.dropFirst().dropLast()
    }
    return id.unicodeScalars.allSatisfy(\.properties.isWhitespace)
      || inAnyCase.contains(bare.lowercased()) || asWritten.contains(String(bare))
  }

  private static let inAnyCase: Set<String> = [
    "anonymous", "guest", "distinctid", "distinct_id", "id", "not_authenticated", "email",
    "undefined", "true", "false",
  ]
  private static let asWritten: Set<String> = [
    "[object Object]", "NaN", "None", "none", "null", "0",
  ]
}
