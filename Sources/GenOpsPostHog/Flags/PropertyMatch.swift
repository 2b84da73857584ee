import GenOpsUnits

/// Whether a property meets a filter. The rules are those of PostHog's flag service, as
/// posthog-python 7.91.1 has them; what they leave to the server throws.
struct PropertyMatch {
  /// For dates that are given relative to now.
  var now: Timestamp
  /// See ``FlagDefinitions``.
  var matchingVersion: Int

  /// Whether `properties` meet `filter`. `work` is what may be spent on this and what comes after, in
  /// comparisons of single scalars; what costs more is left to the server, so that no definition and no
  /// text keeps a process busy.
  func matches(
    _ filter: PropertyFilter, _ properties: [String: JSONValue], _ work: inout Int
  ) throws(Unresolved) -> Bool {
    guard let kind = Operation(rawValue: filter.operation) else {
      throw Unresolved(.unsupportedDefinition)
    }
    guard let key = filter.key, let value = properties.exactly(key) else { throw missing(filter) }
    switch kind {
    case .isSet: return true
    case .isNotSet: return false
    case .exact: return try equals(filter, value, &work)
    case .isNot: return try !equals(filter, value, &work)
    case .gt, .gte, .lt, .lte: return try compare(kind, filter.value, value)
    case .icontains, .startsWith, .endsWith: return try text(kind, filter, value, &work)
    case .notIcontains: return try !text(.icontains, filter, value, &work)
    case .notStartsWith: return try !text(.startsWith, filter, value, &work)
    case .notEndsWith: return try !text(.endsWith, filter, value, &work)
    case .regex, .notRegex:
      guard let text = PropertyText.of(value) else { throw missing(filter) }
      guard let pattern = PropertyText.python(filter.value) else {
        throw Unresolved(.unsupportedDefinition)
      }
      // A pattern that is wrong matches nothing, negated or not.
      guard let found = try PatternFilter.finds(pattern, in: text, &work) else { return false }
      return found == (kind == .regex)
    case .isDateBefore, .isDateAfter: return try date(kind, filter.value, value)
    default: return try version(kind, filter.value, value)
    }
  }

  /// A filter that cannot be used at all is the graver reason.
  private func missing(_ filter: PropertyFilter) -> Unresolved {
    Unresolved(isSupported(filter) ? .missingContext : .unsupportedDefinition)
  }

  /// Whether the filter could be evaluated at all, whatever the property.
  func isSupported(_ filter: PropertyFilter) -> Bool {
    guard let kind = Operation(rawValue: filter.operation) else { return false }
    let wanted = PropertyText.python(filter.value)
    return switch kind {
    case .gt, .gte, .lt, .lte: PropertyText.number(filter.value) != nil
    case .isDateBefore, .isDateAfter: wanted.flatMap { DateFilter.parse($0, now: now) } != nil
    case .regex, .notRegex: wanted.map(PatternFilter.isSupported) ?? false
    case .isSet, .isNotSet: true
    case _ where kind.isVersion: wanted.flatMap { VersionFilter.range(kind, $0) } != nil
    default: PropertyText.of(filter.value) != nil
    }
  }

  private func spend(_ cost: Int, _ work: inout Int) throws(Unresolved) {
    guard cost <= work else { throw Unresolved(.unsupportedDefinition) }
    work -= cost
  }

  private func equals(_ filter: PropertyFilter, _ value: JSONValue, _ work: inout Int)
    throws(Unresolved) -> Bool
  {
    let wanted = filter.value
    guard let own = PropertyText.of(value) else { throw missing(filter) }
    if wanted == .array([]) { return PropertyText.isTrue(value) }
    if matchingVersion != 2, PropertyText.isTruthValue(wanted) {
      return PropertyText.isTrue(wanted) == PropertyText.isTrue(value)
    }
    var candidates = [wanted]
    if case .array(let several) = wanted { candidates = several }
    try spend(own.utf8.count, &work)
    guard let text = PythonText.lowercased(own) else { throw missing(filter) }
    var isEqual = false
    for candidate in candidates {
      guard let other = PropertyText.of(candidate) else {
        throw Unresolved(.unsupportedDefinition)
      }
      try spend(other.utf8.count + 1, &work)
      guard let other = PythonText.lowercased(other) else {
        throw Unresolved(.unsupportedDefinition)
      }
      if other == text { isEqual = true }
    }
    return isEqual
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

  private func text(
    _ kind: Operation, _ filter: PropertyFilter, _ value: JSONValue, _ work: inout Int
  ) throws(Unresolved) -> Bool {
    guard let own = PropertyText.of(value) else { throw missing(filter) }
    guard let wanted = PropertyText.of(filter.value) else {
      throw Unresolved(.unsupportedDefinition)
    }
    try spend(own.utf8.count + wanted.utf8.count, &work)
    let part = PropertyText.asciiLowercased(wanted)
    let whole = PropertyText.asciiLowercased(own)
    switch kind {
    case .startsWith: return whole.starts(with: part)
    case .endsWith: return whole.reversed().starts(with: part.reversed())
    default:
      guard let first = part.first else { return true }
      guard whole.count >= part.count else { return false }
      // There are at least as many places as the part is long.
      for place in 0...(whole.count - part.count) where whole[place] == first {
        try spend(part.count, &work)
        if whole[place...].starts(with: part) { return true }
      }
      return false
    }
  }

  private func date(_ kind: Operation, _ wanted: JSONValue, _ value: JSONValue) throws(Unresolved)
    -> Bool
  {
    if value == .null { return false }
    guard let text = PropertyText.python(wanted), let bound = DateFilter.parse(text, now: now)
    else { throw Unresolved(.unsupportedDefinition) }
    guard case .string(let text) = value, let instant = DateFilter.absolute(text, now: now) else {
      throw Unresolved(.missingContext)
    }
    return kind == .isDateBefore ? instant < bound : instant > bound
  }

  private func version(_ kind: Operation, _ wanted: JSONValue, _ value: JSONValue)
    throws(Unresolved) -> Bool
  {
    if value == .null { return false }
    guard let text = PropertyText.python(wanted), let bounds = VersionFilter.range(kind, text)
    else { throw Unresolved(.unsupportedDefinition) }
    guard let text = PropertyText.python(value), let version = VersionFilter.Version(text) else {
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
