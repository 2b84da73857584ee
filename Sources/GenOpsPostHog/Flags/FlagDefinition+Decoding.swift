public import GenOpsUnits

extension FlagDefinitions {
  /// Reads the answer of `GET /flags/definitions`. A flag that is not understood is left out, so
  /// that the server is asked for it.
  /// - Throws: `flag-definitions`, when it is not such an answer at all.
  public init(_ json: JSONValue) throws(FindingsError) {
    guard case .array(let flags)? = json["flags"] else {
      throw FindingsError(
        "flag-definitions", "the answer holds no list of flags",
        help: "look at the host and at the personal key; the key needs feature_flag:read")
    }
    var groupTypes: [String: String] = [:]
    if case .object(let members)? = json["group_type_mapping"] {
      for member in members { groupTypes[member.key] = member.value.string }
    }
    var cohorts: [String: CohortTree] = [:]
    if case .object(let members)? = json["cohorts"] {
      for member in members { cohorts[member.key] = CohortTree(member.value) }
    }
    self.init(
      flags: flags.compactMap(FlagDefinition.init), groupTypes: groupTypes, cohorts: cohorts,
      matchingVersion: json["property_matching_version"]?.wholeNumber ?? 1)
  }
}

extension FlagDefinition {
  init?(_ json: JSONValue) {
    guard let key = json["key"]?.string else { return nil }
    self.key = key
    id = json["id"]?.wholeNumber
    version = json["version"]?.wholeNumber
    isActive = json["active"]?.bool ?? false
    keepsExperience = json["ensure_experience_continuity"]?.bool ?? false
    let filters = json["filters"]
    let bucketing = json["bucketing_identifier"]?.string ?? filters?["bucketing_identifier"]?.string
    bucketsByDevice = bucketing == "device_id"
    groupType = filters?["aggregation_group_type_index"]?.wholeNumber
    conditions = FlagDefinition.list(filters?["groups"]).map(Condition.init)
    variants = FlagDefinition.list(filters?["multivariate"]?["variants"]).compactMap { item in
      guard let key = item["key"]?.string, let share = item["rollout_percentage"]?.number else {
        return nil
      }
      return Variant(key: key, share: share)
    }
    payloads = [:]
    if case .object(let members)? = filters?["payloads"] {
      for member in members { payloads[member.key] = FlagPayload.decode(member.value) }
    }
    if let holdout = filters?["holdout"], let share = holdout["exclusion_percentage"]?.number,
      let id = holdout["id"], id != .null, let text = PropertyText.python(id)
    {
      self.holdout = Holdout(id: text, share: min(max(share, 0), 100))
    }
    exitsEarly = filters?["early_exit"]?.bool ?? false
    asksEnrollment = filters?["feature_enrollment"] == true
    hasExperiment = json["has_experiment"]?.bool
  }

  private static func list(_ json: JSONValue?) -> [JSONValue] {
    if case .array(let items)? = json { items } else { [] }
  }
}

extension FlagDefinition.Condition {
  init(_ json: JSONValue) {
    if case .array(let items)? = json["properties"] {
      filters = items.map(PropertyFilter.init)
    } else {
      filters = []
    }
    rollout = json["rollout_percentage"]?.number
    variant = json["variant"]?.string
    switch json["aggregation_group_type_index"] {
    case nil: groupType = nil
    case let index?: groupType = .some(index.wholeNumber)
    }
  }
}

extension PropertyFilter {
  init(_ json: JSONValue) {
    key = json["key"]?.string
    value = json["value"] ?? .null
    operation = PropertyFilter.operation(json["operator"])
    type = json["type"]?.string ?? "person"
    isNegated = json["negation"]?.bool ?? false
    if case .array(let chain)? = json["dependency_chain"] {
      dependencyChain = chain.compactMap(\.string)
    }
  }

  /// What Python takes for nothing is `exact`; a name that is not an operator's is not known.
  private static func operation(_ json: JSONValue?) -> String {
    switch json {
    case nil, .null, .bool(false), .string(""), .array([]), .object([]): "exact"
    case .string(let name): name
    case .number(let text) where Double(text) == 0: "exact"
    default: "?"
    }
  }
}

extension CohortTree {
  init(_ json: JSONValue) {
    guard case .object(let members) = json else {
      self = .malformed
      return
    }
    // PostHog writes a cohort without conditions as {}.
    if members.isEmpty {
      self = .all([])
      return
    }
    let type = json["type"]?.string
    guard json["values"] != nil || type == "AND" || type == "OR" else {
      self = .filter(PropertyFilter(json))
      return
    }
    guard case .array(let values)? = json["values"] else {
      self = .malformed
      return
    }
    switch type {
    case "AND": self = .all(values.map(CohortTree.init))
    case "OR": self = .any(values.map(CohortTree.init))
    default: self = .malformed
    }
  }
}

extension JSONValue {
  /// A number; nil for everything else.
  var number: Double? { if case .number(let text) = self { Double(text) } else { nil } }

  var wholeNumber: Int? {
    guard case .number(let text) = self else { return nil }
    return Int(text)
  }
}

/// What a flag carries besides its value. PostHog sends it as JSON in text.
enum FlagPayload {
  /// Nil for null and for text that is not JSON.
  static func decode(_ json: JSONValue?) -> JSONValue? {
    switch json {
    case nil, .null: return nil
    case .string(let text):
      guard let node = try? JSONParser.parse(Array(text.utf8), file: "payload") else { return nil }
      return JSONValue(node)
    case let value: return value
    }
  }
}
