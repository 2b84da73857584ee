import GenOpsUnits

/// A product whose quota PostHog's capture service looks at, by the word in its answers.
///
/// An event belongs to one of them: exceptions, surveys and AI events to their own, everything else
/// to `events`. So AI events still arrive when `events` is used up, and the other way round.
/// Source: PostHog, `rust/capture/src/quota_limiters.rs` at 176c124c; recordings have a service and
/// a limit of their own.
public enum CaptureQuota: String, Sendable, Hashable, CaseIterable {
  case events
  case exceptions
  case surveys
  case llmEvents = "llm_events"
  case recordings

  /// The one that an event of this name belongs to.
  ///
  /// - Parameters:
  ///   - name: The event.
  ///   - isProductTour: Whether it carries `$product_tour_id`: a tour's survey is none.
  public init(eventName name: String, isProductTour: Bool = false) {
    switch name {
    case "$exception": self = .exceptions
    case "survey sent" where !isProductTour, "survey shown" where !isProductTour,
      "survey dismissed" where !isProductTour:
      self = .surveys
    case "$snapshot": self = .recordings
    case _ where name.hasPrefix("$ai_"): self = .llmEvents
    default: self = .events
    }
  }

  /// The one that `event` belongs to. What cannot be read belongs to `events`, which takes all that
  /// no other product does.
  init(_ event: OutgoingEvent) {
    let json = (try? JSONParser.parse(Array(event.json.utf8), file: "event")).map { JSONValue($0) }
    self.init(
      eventName: json?["event"]?.string ?? "",
      isProductTour: json?["properties"]?["$product_tour_id"] != nil)
  }
}
