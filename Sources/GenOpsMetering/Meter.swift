/// Something PostHog counts and bills, in PostHog's own terms.
///
/// The raw value is a dense index for flat arrays; files and JSON use ``id``.
public enum Meter: UInt8, Sendable, Hashable, CaseIterable {
  case events, identifiedEvents, groupEvents, dataPipelineEvents
  case sessionRecordings, mobileRecordings
  case featureFlagRequests
  case surveyResponses
  case exceptions
  case llmEvents
  case destinationEvents, rowsExported
  case rowsSynced, historicalRowsSynced
  case logsMB, logsRetentionMB
  case aiCredits, replayVisionCredits, inboxCredits, codeCredits
  case workflowEmails, workflowDispatches, workflowPushes

  /// How many meters there are: the length of flat per-meter arrays.
  public static let count = Meter.allCases.count

  @inlinable
  public var index: Int { Int(rawValue) }
}

extension Meter {
  /// What the table of meters says of one.
  public struct Information: Sendable {
    /// The id in files and JSON.
    public var id: String
    /// What is counted, singular.
    public var unit: String
    /// The line of PostHog's invoice, shown to people.
    public var invoiceName: String
    /// The meter this one is sold with. Says nothing about counts: that is ``Meter/whole``.
    public var parent: Meter?
    /// Other names it goes by: PostHog's usage keys, report fields, product keys and the words of
    /// the integration guide.
    public var aliases: [String]
  }

  /// The id in files and JSON, such as `feature_flag_requests`.
  public var id: String { information.id }
  public var unit: String { information.unit }
  public var invoiceName: String { information.invoiceName }
  public var parent: Meter? { information.parent }

  /// The meter that counts everything this one counts, and more: a personal event is an event. Nil for what is
  /// counted apart, as a mobile recording is beside those of the web, whatever its price comes with.
  public var whole: Meter? {
    switch self {
    case .identifiedEvents, .groupEvents: .events
    default: nil
    }
  }
  public var information: Information { Meter.table[index] }

  /// The meter with this id or alias, ignoring case and treating spaces and `-` as `_`.
  public init?(named name: String) {
    let key = Meter.normalized(name)
    guard let meter = Meter.byName[key] else { return nil }
    self = meter
  }

  /// All ids, in the order of the table.
  public static var ids: [String] { table.map(\.id) }

  private static func normalized(_ name: String) -> String {
    String(name.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
  }

  private static let byName: [String: Meter] = {
    var names: [String: Meter] = [:]
    for meter in Meter.allCases {
      let row = meter.information
      for name in [row.id, row.invoiceName] + row.aliases where names[normalized(name)] == nil {
        names[normalized(name)] = meter
      }
    }
    return names
  }()

  /// Sources of the aliases: PostHog's `usage_summary` keys, `…_in_period` fields of its usage
  /// report, and the product keys of its billing answer.
  private static let table: [Information] = Meter.allCases.map { meter in
    func row(
      _ id: String, _ unit: String, _ invoice: String, parent: Meter? = nil, _ aliases: String...
    ) -> Information {
      Information(
        id: id, unit: unit, invoiceName: invoice, parent: parent, aliases: aliases)
    }
    return switch meter {
    case .events:
      row(
        "events", "event", "Product analytics", "event_count_in_period", "product_analytics",
        "event", "analytics", "event_count")
    case .identifiedEvents:
      row(
        "identified_events", "identified event", "Person profiles", parent: .events,
        "enhanced_persons", "enhanced_persons_event_count_in_period", "enhanced_persons_events",
        "identified", "person_profiles", "profiles")
    case .groupEvents:
      row(
        "group_events", "event with groups", "Group analytics", parent: .events,
        "group_analytics", "event_count_with_groups_in_period", "groups")
    case .dataPipelineEvents:
      row(
        "data_pipeline_events", "event", "Data pipelines (legacy)", parent: .events,
        "data_pipelines", "data_pipelines_(deprecated)")
    case .sessionRecordings:
      row(
        "session_recordings", "recording", "Session replay", "recordings", "session_replay",
        "recording_count_in_period", "recording", "replay")
    case .mobileRecordings:
      row(
        "mobile_recordings", "mobile recording", "Mobile replay", parent: .sessionRecordings,
        "mobile_replay", "mobile_recording_count_in_period")
    case .featureFlagRequests:
      row(
        "feature_flag_requests", "request", "Feature flags", "feature_flags", "flags",
        "flag_requests", "billable_feature_flag_requests_count_in_period",
        "feature_flags_and_experiments", "experiments")
    case .surveyResponses:
      row(
        "survey_responses", "response", "Surveys", "surveys",
        "survey_responses_count_in_period")
    case .exceptions:
      row(
        "exceptions", "exception", "Error tracking", "error_tracking",
        "exceptions_captured_in_period", "errors")
    case .llmEvents:
      row(
        "llm_events", "AI event", "AI observability", "ai_events", "llm", "llm_analytics",
        "ai_event_count_in_period", "ai_observability")
    case .destinationEvents:
      row(
        "destination_events", "trigger event", "Realtime destinations", "realtime_destinations",
        "cdp_trigger_events", "cdp_billable_invocations_in_period", "destinations",
        "destinations_trigger_events")
    case .rowsExported:
      row(
        "rows_exported", "row", "Batch exports", parent: .destinationEvents, "batch_exports",
        "rows_exported_in_period")
    case .rowsSynced:
      row(
        "rows_synced", "row", "Data warehouse", "data_warehouse", "rows_synced_in_period",
        "synced_rows")
    case .historicalRowsSynced:
      row(
        "historical_rows_synced", "row", "Data warehouse, historical", parent: .rowsSynced,
        "data_warehouse_historical", "free_historical_rows_synced_in_period", "free_synced_rows")
    case .logsMB:
      row(
        "logs_mb", "MB", "Logs", "logs", "logs_mb_ingested", "logs_mb_in_period",
        "logs_ingested_(mb)")
    case .logsRetentionMB:
      row(
        "logs_retention_mb", "MB", "Logs, 30-day retention", parent: .logsMB,
        "logs_retention_30d", "logs_retention_30d_mb_in_period", "logs_30_day_retention_(mb)")
    case .aiCredits:
      row(
        "ai_credits", "credit", "PostHog AI", "posthog_ai", "ai_credits_used_in_period",
        "posthog_ai_credits_used")
    case .replayVisionCredits:
      row(
        "replay_vision_credits", "credit", "Replay vision", "replay_vision",
        "replay_vision_credits_used_in_period")
    case .inboxCredits:
      row(
        "inbox_credits", "credit", "Inbox", "inbox", "signals_credits",
        "signals_credits_used_in_period", "self_driving_inbox_credits")
    case .codeCredits:
      row(
        "code_credits", "credit", "PostHog Code", "posthog_code_usage", "posthog_code_credits",
        "posthog_code_credits_used_in_period", "posthog_desktop_credits")
    case .workflowEmails:
      row(
        "workflow_emails", "email", "Workflow emails", "workflows_emails",
        "workflow_emails_sent_in_period")
    case .workflowDispatches:
      row(
        "workflow_dispatches", "dispatch", "Workflow destinations", parent: .workflowEmails,
        "workflows_destinations", "workflow_billable_invocations_in_period")
    case .workflowPushes:
      row(
        "workflow_pushes", "push notification", "Workflow push notifications",
        parent: .workflowEmails, "workflows_push_notifications",
        "workflow_push_notifications_sent_in_period", "workflow_push_sent_in_period")
    }
  }
}
