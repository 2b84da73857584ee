public import GenOpsGovernance

import GenOpsUnits

/// What every policy kind promises, to be held against one's own.
///
/// ```swift
/// #expect(PolicyContract.violations(of: MyPolicy.self) == [])
/// ```
public enum PolicyContract {
  /// Every promise that `kind` breaks; empty when it keeps them all.
  ///
  /// - Its name is in kebab-case and its summary a sentence.
  /// - Its example is read without findings, changes a plan, and the plan is valid.
  /// - It says a side effect: a policy without one does nothing.
  /// - A wrong shape is refused with findings that have a place and say what would be right.
  /// - Reading is a function: the same text gives the same plan.
  public static func violations(of kind: any Policy.Type) -> [String] {
    var violations: [String] = []
    let name = kind.name
    let isKebab = name.utf8.allSatisfy {
      (97...122).contains($0) || (48...57).contains($0) || $0 == 45
    }
    if name.isEmpty || !isKebab { violations.append("the name '\(name)' is not in kebab-case") }
    if !kind.summary.hasSuffix(".") { violations.append("the summary is not a sentence") }
    violations += example(kind)
    for text in [#"{"nonsense": "x"}"#, #"["nonsense"]"#, #""nonsense""#] {
      violations += wrongShape(kind, text)
    }
    return violations
  }

  private static func example(_ kind: any Policy.Type) -> [String] {
    var findings = Findings()
    guard let node = try? JSONParser.parse(Array(kind.example.utf8), file: "example") else {
      return ["the example is not JSON"]
    }
    guard let policy = kind.init(node, &findings) else {
      return ["the example is refused: \(findings.all.first?.message ?? "without a finding")"]
    }
    var violations = findings.all.map { "the example has a finding: \($0.message)" }
    if policy.sideEffect.isEmpty { violations.append("there is no side effect") }
    var plan = GovernancePlan.open
    policy.apply(to: &plan)
    if plan == .open { violations.append("the example changes nothing") }
    var planFindings = Findings()
    plan.validate(&planFindings)
    if planFindings.hasErrors { violations.append("the example makes an invalid plan") }
    var again = GovernancePlan.open
    kind.init(node, &findings)?.apply(to: &again)
    if plan != again { violations.append("reading it twice gives two plans") }
    return violations
  }

  private static func wrongShape(_ kind: any Policy.Type, _ text: String) -> [String] {
    var findings = Findings()
    guard let node = try? JSONParser.parse(Array(text.utf8), file: "wrong") else { return [] }
    if kind.init(node, &findings) != nil { return ["it takes \(text)"] }
    if !findings.hasErrors { return ["it refuses \(text) without saying why"] }
    return findings.all.contains { $0.location == nil || $0.help == nil }
      ? ["it refuses \(text) without a place or what would be right"] : []
  }
}
