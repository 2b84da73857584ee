public import GenOpsUnits

extension SetupReport {
  /// The keys of the integration guide, with its setup recommendations as `setup_recommendations`. `warnings`
  /// and `successes` are the issues of those levels. With ``steps`` there is `details` besides.
  public var json: JSONValue {
    let levels: [Level] = [.error, .warning]
    var members: [JSONValue.Member] = [
      .init("is_valid", .bool(isValid)), .init("overall_status", .string(overallStatus.rawValue)),
      .init("issues", .array(issues.map(\.json))),
      .init("warnings", .array(issues.filter { $0.level == .warning }.map(\.json))),
      .init("successes", .array(issues.filter { $0.level == .success }.map(\.json))),
      .init(
        "recommendations",
        .array(
          levels.flatMap { level in issues.filter { $0.level == level } }
            .compactMap { $0.recommendation.map { .string($0) } })),
      .init("setup_recommendations", .array(advice.map(\.json))), .init("summary", summary),
      .init("validation_timestamp", .string(validatedAt.description)),
    ]
    if !steps.isEmpty {
      members.append(
        .init(
          "details", ["client": .string(SetupReport.client), "steps": .array(steps.map(\.json))])
      )
    }
    return .object(members)
  }

  private var summary: JSONValue {
    [
      "total_issues": .integer(count(.error) + count(.warning)),
      "error_count": .integer(count(.error)), "warning_count": .integer(count(.warning)),
      "success_count": .integer(count(.success)),
      "components_validated": .array(components.map { .string($0) }),
      "is_ready_for_production": .bool(overallStatus == .success),
    ]
  }
}

extension SetupReport.Issue {
  var json: JSONValue {
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    return [
      "level": .string(level.rawValue), "component": .string(component), "issue": .string(issue),
      "recommendation": text(recommendation), "fix_command": text(fixCommand),
      "documentation_link": text(documentationLink),
    ]
  }
}

extension SetupStep {
  var json: JSONValue {
    [
      "component": .string(component), "tried": .string(tried),
      "milliseconds": .number(milliseconds),
    ]
  }
}
