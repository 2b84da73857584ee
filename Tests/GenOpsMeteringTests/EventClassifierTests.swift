import GenOpsMetering
import GenOpsUnits
import Testing

@Suite("Event classes")
struct EventClassifierTests {
  @Test(
    "names get the class people call them by",
    arguments: [
      ("$pageview", "page_view", false), ("$screen", "page_view", false),
      ("page_view", "page_view", false), ("$autocapture", "click", false),
      ("$rageclick", "click", false), ("click", "click", false), ("$exception", "error", true),
      ("error", "error", true), ("conversion", "conversion", true),
      ("user_conversion", "conversion", true), ("signup", "signup", true),
      ("signup_completed", "signup", true), ("user_signed_up", "signup", true),
      ("purchase", "purchase", true), ("feature_use", "feature_use", false),
      ("$identify", "profile", false), ("$ai_generation", "ai", false),
      ("$feature_flag_called", "flag_call", false), ("survey sent", "survey", false),
      ("$snapshot", "recording", false), ("lambda_processed", "other", false), ("", "other", false),
    ])
  func standard(_ event: String, _ name: String, _ isCritical: Bool) {
    let classifier = EventClassifier.standard
    let eventClass = classifier.classify(event)
    #expect(classifier.name(of: eventClass) == name)
    #expect(classifier.isCritical(eventClass) == isCritical)
  }

  @Test("ids are dense and other is the last")
  func dense() {
    let classifier = EventClassifier.standard
    for (index, rule) in classifier.rules.enumerated() {
      #expect(classifier.eventClass(named: rule.name)?.index == index)
    }
    #expect(classifier.other.index == classifier.count - 1)
    #expect(classifier.eventClass(named: "nonsense") == nil)
  }

  @Test(
    "globs",
    arguments: [
      ("*", "", true), ("*", "a", true), ("a*", "a", true), ("a*", "ba", false),
      ("*a", "banana", true), ("*an*a", "banana", true), ("b?n*", "banana", true), ("?", "", false),
      ("a", "A", false), ("a*b*c", "aXbYbZc", true), ("a*b*c", "aXbYbZ", false), ("", "", true),
      ("", "a", false),
    ])
  func globs(_ pattern: String, _ name: String, _ fits: Bool) {
    #expect(NamePattern(pattern).matches(name) == fits)
  }

  @Test("configured classes win over the standard ones and replace those of the same name")
  func configured() throws {
    let text =
      #"{"checkout": {"events": ["checkout_*", "purchase"], "critical": true}, "click": {"events": "tap"}}"#
    var findings = Findings()
    let classifier = EventClassifier(
      try JSONParser.parse(Array(text.utf8), file: "classes.json"), &findings)
    #expect(findings.all.isEmpty)
    func name(_ event: String) -> String { classifier.name(of: classifier.classify(event)) }
    #expect(name("purchase") == "checkout")
    #expect(name("tap") == "click")
    #expect(name("$autocapture") == "other")
    #expect(classifier.isCritical(classifier.classify("checkout_started")))
  }

  @Test("all mistakes in configured classes are found at once")
  func mistakes() throws {
    let text = #"""
      {"other": {"events": ["x"]}, "a": {}, "b": {"events": [], "critcal": true},
       "c": {"events": ["x"], "critical": "perhaps"}}
      """#
    var findings = Findings()
    _ = EventClassifier(try JSONParser.parse(Array(text.utf8), file: "c.json"), &findings)
    #expect(
      findings.all.map(\.code).sorted() == [
        "event-class", "event-class", "missing-key", "unknown-key", "wrong-type",
      ])
    #expect(findings.all.contains { $0.help == "did you mean 'critical'?" })
  }
}
