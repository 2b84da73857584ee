import GenOpsUnits

/// Whether a property meets a filter. The rules are those of PostHog's flag service, as
/// posthog-python 7.91.1 has them; what they leave to the server throws.
struct PropertyMatch {
  /// For dates that are given relative to now.
  var now: Timestamp
  /// See ``FlagDefinitions``.
  var matchingVersion: Int

  func matches(_ filter: PropertyFilter, _ properties: [String: JSONValue]) throws(Unresolved)
    -> Bool
  {
    guard let kind = Operation(rawValue: filter.operation) else {
      throw Unresolved(.unsupportedDefinition)
    }
    guard let value = properties[filter.key] else {
      throw Unresolved(isSupported(filter) ? .missingContext : .unsupportedDefinition)
    }
    switch kind {
    case .isSet: return true
    case .isNotSet: return false
    case .exact: return equals(filter.value, value)
    case .isNot: return !equals(filter.value, value)
    case .gt, .gte, .lt, .lte: return try compare(kind, filter.value, value)
    case .icontains, .startsWith, .endsWith: return text(kind, filter.value, value)
    case .notIcontains: return !text(.icontains, filter.value, value)
    case .notStartsWith: return !text(.startsWith, filter.value, value)
    case .notEndsWith: return !text(.endsWith, filter.value, value)
    case .regex, .notRegex:
      // A pattern that is wrong matches nothing, negated or not.
      guard
        let found = try PatternFilter.finds(
          PropertyText.of(filter.value), in: PropertyText.of(value))
      else { return false }
      return found == (kind == .regex)
    case .isDateBefore, .isDateAfter: return try date(kind, filter.value, value)
    default: return try version(kind, filter.value, value)
    }
  }

  /// Whether the filter could be evaluated at all, whatever the property.
  func isSupported(_ filter: PropertyFilter) -> Bool {
    guard let kind = Operation(rawValue: filter.operation) else { return false }
    let wanted = PropertyText.of(filter.value)
    return switch kind {
    case .gt, .gte, .lt, .lte: PropertyText.number(filter.value) != nil
    case .isDateBefore, .isDateAfter: DateFilter.parse(wanted, now: now) != nil
    case .regex, .notRegex: PatternFilter.isSupported(wanted)
    case _ where kind.isVersion: VersionFilter.range(kind, wanted) != nil
    default: true
    }
  }

  private func equals(_ wanted: JSONValue, _ value: JSONValue) -> Bool {
    if wanted == .array([]) { return PropertyText.isTrue(value) }
    if matchingVersion != 2, PropertyText.isTruthValue(wanted) {
      return PropertyText.isTrue(wanted) == PropertyText.isTrue(value)
    }
    let text = PropertyText.of(value).lowercased()
    if case .array(let several) = wanted {
      return several.contains { PropertyText.of($0).lowercased() == text }
    }
    return PropertyText.of(wanted).lowercased() == text
  }

  private func compare(_ kind: Operation, _ wanted: JSONValue, _ value: JSONValue)
    throws(Unresolved) -> Bool
  {
    guard let bound = PropertyText.number(wanted) else { throw Unresolved(.unsupportedDefinition) }
    guard let number = PropertyText.number(value) else { return false }
    return switch kind {
    case .gt: number > bound
    case .gte: number >= bound
    case .lt: number < bound
    default: number <= bound
    }
  }

  private func text(_ kind: Operation, _ wanted: JSONValue, _ value: JSONValue) -> Bool {
    let part = Array(PropertyText.asciiLowercased(PropertyText.of(wanted)).unicodeScalars)
    let whole = Array(PropertyText.asciiLowercased(PropertyText.of(value)).unicodeScalars)
    return switch kind {
    case .startsWith: whole.starts(with: part)
    case .endsWith: whole.reversed().starts(with: part.reversed())
    default: part.isEmpty || whole.contains(part)
    }
  }

  private func date(_ kind: Operation, _ wanted: JSONValue, _ value: JSONValue) throws(Unresolved)
    -> Bool
  {
    if value == .null { return false }
    guard let bound = DateFilter.parse(PropertyText.of(wanted), now: now) else {
      throw Unresolved(.unsupportedDefinition)
    }
    guard case .string(let text) = value, let instant = DateFilter.absolute(text, now: now) else {
      throw Unresolved(.missingContext)
    }
    return kind == .isDateBefore ? instant < bound : instant > bound
  }

  private func version(_ kind: Operation, _ wanted: JSONValue, _ value: JSONValue)
    throws(Unresolved) -> Bool
  {
    if value == .null { return false }
    guard let bounds = VersionFilter.range(kind, PropertyText.of(wanted)) else {
      throw Unresolved(.unsupportedDefinition)
    }
    guard let version = VersionFilter.Version(PropertyText.of(value)) else {
      throw Unresolved(.missingContext)
    }
    return switch kind {
    case .semverEq: version == bounds.lower
    case .semverNeq: version != bounds.lower
    case .semverGt: version > bounds.lower
    case .semverGte: version >= bounds.lower
    case .semverLt: version < bounds.lower
    case .semverLte: version <= bounds.lower
    default: version >= bounds.lower && version < bounds.upper
    }
  }

  /// The operators of a filter.
  enum Operation: String, CaseIterable {
    case exact
    case isNot = "is_not"
    case isSet = "is_set"
    case isNotSet = "is_not_set"
    case icontains
    case notIcontains = "not_icontains"
    case regex
    case notRegex = "not_regex"
    case startsWith = "starts_with"
    case notStartsWith = "not_starts_with"
    case endsWith = "ends_with"
    case notEndsWith = "not_ends_with"
    case gt, gte, lt, lte
    case isDateBefore = "is_date_before"
    case isDateAfter = "is_date_after"
    case semverEq = "semver_eq"
    case semverNeq = "semver_neq"
    case semverGt = "semver_gt"
    case semverGte = "semver_gte"
    case semverLt = "semver_lt"
    case semverLte = "semver_lte"
    case semverTilde = "semver_tilde"
    case semverCaret = "semver_caret"
    case semverWildcard = "semver_wildcard"

    var isVersion: Bool { rawValue.hasPrefix("semver_") }
  }
}
