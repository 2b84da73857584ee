/// What PostHog's billing does with an event of one name.
///
/// Source: PostHog, `posthog/tasks/usage_report.py` at 009ee9ec (`BILLABLE_EVENT_EXCLUDED_EVENTS`,
/// `AI_EVENT_NAME_PREFIX`, the recording, survey and exception queries). `docs/metering.md` has the
/// file of every rule.
struct MeteringRule: Sendable, Hashable, BitwiseCopyable {
  enum Kind: Sendable, BitwiseCopyable {
    /// One unit of `events`, and of `identified_events` when the person is known.
    case event
    /// Delivered and free: an artifact of using a PostHog product.
    case free
    case exception
    case ai
    case survey
    case snapshot
    /// Read by ingestion and kept nowhere: a heat map, a warning of a client.
    case unstored
  }

  var kind: Kind
  /// Whether the event is about a person or a group and nothing else. With
  /// `$process_person_profile: false` PostHog drops it.
  var isAboutPerson: Bool
  var eventClass: EventClass

  init(name: String, classifier: EventClassifier) {
    kind =
      switch name {
      case "$exception": .exception
      case "survey sent": .survey
      case "$snapshot": .snapshot
      case "$$heatmap", "$$client_ingestion_warning": .unstored
      case _ where name.hasPrefix("$ai_"): .ai
      case _ where MeteringRule.freeNames.contains(name): .free
      default: .event
      }
    isAboutPerson = MeteringRule.personNames.contains(name)
    eventClass = classifier.classify(name)
  }

  static let freeNames: Set<String> = [
    "$feature_flag_called", "$experiment_exposure", "survey shown", "survey dismissed",
    "$llm_prompt_fetched", "$conversations_loaded", "$conversations_widget_loaded",
    "$conversations_message_sent", "$conversations_user_identified",
    "$conversations_restore_link_requested", "$conversations_widget_state_changed",
    "$conversations_back_to_tickets",
  ]

  static let personNames: Set<String> = [
    "$identify", "$create_alias", "$merge_dangerously", "$groupidentify",
  ]
}

extension UsageEvent {
  /// Whether events of this name say who a person or a group is, and make a profile by that:
  /// `$identify`, `$create_alias`, `$merge_dangerously`, `$groupidentify`, `$set`, `$set_once`.
  package static func isAboutPerson(named name: String) -> Bool {
    MeteringRule.personNames.contains(name) || name == "$set" || name == "$set_once"
  }
}
