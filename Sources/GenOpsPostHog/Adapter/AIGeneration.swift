public import GenOpsUnits

import GenOpsMetering

/// One answer of a language model, as PostHog's AI observability reads it (`$ai_generation`).
public struct AIGeneration: Sendable, Hashable {
  public var model: String
  public var provider: String
  public var inputTokens: Int?
  public var outputTokens: Int?
  /// Seconds.
  public var latency: Double?
  /// Joins the generations, spans and tools of one request.
  public var traceID: String?
  /// What the model's provider charges, in its own currency. It is not part of PostHog's bill.
  public var modelCost: Double?
  public var httpStatus: Int?

  /// `latency` is in seconds, `modelCost` in the provider's currency.
  public init(
    model: String, provider: String, inputTokens: Int? = nil, outputTokens: Int? = nil,
    latency: Double? = nil, traceID: String? = nil, modelCost: Double? = nil, httpStatus: Int? = nil
  ) {
    self.model = model
    self.provider = provider
    self.inputTokens = inputTokens
    self.outputTokens = outputTokens
    self.latency = latency
    self.traceID = traceID
    self.modelCost = modelCost
    self.httpStatus = httpStatus
  }

  /// The properties by PostHog's names.
  var members: [JSONValue.Member] {
    let all: [(String, JSONValue?)] = [
      ("$ai_model", .string(model)), ("$ai_provider", .string(provider)),
      ("$ai_input_tokens", inputTokens.map { .integer($0) }),
      ("$ai_output_tokens", outputTokens.map { .integer($0) }),
      ("$ai_trace_id", traceID.map { .string($0) }),
      ("$ai_latency", latency.map { .double($0) }),
      ("$ai_total_cost_usd", modelCost.map { .double($0) }),
      ("$ai_http_status", httpStatus.map { .integer($0) }),
    ]
    return all.compactMap { name, value in value.map { JSONValue.Member(name, $0) } }
  }
}

extension PostHogAdapter {
  /// Sends an AI event: on the meter of AI observability, with the attribution of this adapter or
  /// session like any other.
  @discardableResult
  public func capture(
    _ generation: AIGeneration, distinctID: String? = nil, properties: JSONValue = [:],
    isIdentified: Bool? = nil,
    session: AnalyticsSession? = AnalyticsSession.current, consent: Bool? = nil
  ) -> CaptureReceipt {
    var members = generation.members
    if case .object(let own) = properties { members += own }
    return capture(
      "$ai_generation", distinctID: distinctID, properties: .object(members),
      isIdentified: isIdentified, session: session, consent: consent)
  }

  /// The same with ordinary variables as properties.
  @_disfavoredOverload
  @discardableResult
  public func capture(
    _ generation: AIGeneration, distinctID: String? = nil, properties: EventProperties,
    isIdentified: Bool? = nil, session: AnalyticsSession? = AnalyticsSession.current,
    consent: Bool? = nil
  ) -> CaptureReceipt {
    capture(
      generation, distinctID: distinctID, properties: properties.json, isIdentified: isIdentified,
      session: session, consent: consent)
  }
}
