/// Sorts event names into classes: the first class with a fitting pattern, else ``otherName``.
///
/// It joins the plain words people use in budgets and sampling rates (`page_view`, `signup`) to the
/// names that PostHog's clients really send (`$pageview`, `signup_completed`).
public struct EventClassifier: Sendable, Hashable {
  /// One class.
  public struct Rule: Sendable, Hashable {
    public var name: String
    public var patterns: [NamePattern]
    /// Losing one of these events is counted apart, and sampling keeps them.
    public var isCritical: Bool

    /// `patterns` are names of events, as ``NamePattern`` reads them.
    public init(_ name: String, _ patterns: [String], isCritical: Bool = false) {
      self.name = name
      self.patterns = patterns.map { NamePattern($0) }
      self.isCritical = isCritical
    }
  }

  /// The class of every name that no pattern fits.
  public static let otherName = "other"

  /// In the order in which they are tried; the last is ``otherName`` with no pattern.
  public let rules: [Rule]

  /// At most 255 classes are kept; a rule called `other` is dropped, as that class is always last.
  public init(_ rules: [Rule]) {
    let named = rules.filter { $0.name != EventClassifier.otherName }.prefix(254)
    self.rules = named + [Rule(EventClassifier.otherName, [])]
  }

  /// How many classes there are: the length of flat per-class arrays.
  public var count: Int { rules.count }

  /// The class of the names that nothing fits.
  public var other: EventClass { EventClass(id: UInt8(truncatingIfNeeded: rules.count - 1)) }

  /// The class of the first rule that fits, or ``other``.
  public func classify(_ eventName: String) -> EventClass {
    let index = rules.firstIndex { $0.patterns.contains { $0.matches(eventName) } }
    return index.map { EventClass(id: UInt8(truncatingIfNeeded: $0)) } ?? other
  }

  /// The class called `name`; nil when there is none.
  public func eventClass(named name: String) -> EventClass? {
    rules.firstIndex { $0.name == name }.map { EventClass(id: UInt8(truncatingIfNeeded: $0)) }
  }

  /// The name of a class of this classifier.
  public func name(of eventClass: EventClass) -> String { rules[eventClass.index].name }
  /// Whether the loss of an event of this class breaks figures or hides a failure.
  public func isCritical(_ eventClass: EventClass) -> Bool { rules[eventClass.index].isCritical }

  /// The same with each of the events `names` as a class of its own, as critical as the one it is in here.
  public func apart(_ names: [String]) -> EventClassifier {
    let own = Set(names).sorted().filter { eventClass(named: $0) == nil }
    if own.isEmpty { return self }
    return EventClassifier(
      own.map { Rule($0, [$0], isCritical: isCritical(classify($0))) } + rules)
  }

  /// The classes without configuration. Critical are those whose loss breaks money figures or hides
  /// a failure: conversion, signup, purchase and error.
  public static let standard = EventClassifier([
    Rule("page_view", ["$pageview", "$screen", "page_view"]),
    Rule("page_leave", ["$pageleave", "page_leave"]),
    Rule("click", ["$autocapture", "$rageclick", "$dead_click", "click", "button_click"]),
    Rule(
      "conversion", ["conversion", "conversion_*", "user_conversion", "*_converted"],
      isCritical: true),
    Rule(
      "signup", ["signup*", "sign_up*", "user_signed_up", "signed_up", "user signed up"],
      isCritical: true),
    Rule(
      "purchase", ["purchase", "purchase_*", "order_completed", "Order Completed", "payment_*"],
      isCritical: true),
    Rule("error", ["$exception", "error", "error_*"], isCritical: true),
    Rule("feature_use", ["feature_use", "feature_use_*", "feature_used", "feature_*_used"]),
    Rule("profile", ["$identify", "$set", "$set_once", "$create_alias", "$groupidentify"]),
    Rule("ai", ["$ai_*"]),
    Rule("flag_call", ["$feature_flag_called", "$experiment_exposure"]),
    Rule("survey", ["survey sent", "survey shown", "survey dismissed"]),
    Rule("recording", ["$snapshot"]),
    Rule("web_vitals", ["$web_vitals"]),
  ])
}
