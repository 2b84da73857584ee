public import GenOpsMetering
public import GenOpsUnits

/// The same calls as on the adapter, counted for this session whatever task they are made from.
extension AnalyticsSession {
  /// As
  /// ``PostHogAdapter/capture(_:distinctID:properties:groups:isIdentified:timestamp:uuid:session:consent:)-(_,_,JSONValue,_,_,_,_,_,_)``.
  @discardableResult
  public func capture(
    _ name: String, distinctID: String? = nil, properties: JSONValue = [:],
    groups: [String: String] = [:], isIdentified: Bool? = nil, timestamp: Timestamp? = nil,
    consent: Bool? = nil
  ) -> CaptureReceipt {
    adapter.capture(
      name, distinctID: distinctID, properties: properties, groups: groups,
      isIdentified: isIdentified, timestamp: timestamp, session: self, consent: consent)
  }

  /// The same with ordinary variables as properties: `["plan": plan, "price": price]`.
  @_disfavoredOverload
  @discardableResult
  public func capture(
    _ name: String, distinctID: String? = nil, properties: EventProperties,
    groups: [String: String] = [:], isIdentified: Bool? = nil, timestamp: Timestamp? = nil,
    consent: Bool? = nil
  ) -> CaptureReceipt {
    capture(
      name, distinctID: distinctID, properties: properties.json, groups: groups,
      isIdentified: isIdentified, timestamp: timestamp, consent: consent)
  }

  /// As ``PostHogAdapter/capture(_:session:consent:)``.
  @discardableResult
  public func capture(_ event: UsageEvent, consent: Bool? = nil) -> CaptureOutcome {
    adapter.capture(event, session: self, consent: consent)
  }

  /// As ``PostHogAdapter/record(_:count:className:session:consent:)``.
  @discardableResult
  public func record(_ usage: Usage, count: Int64 = 1, consent: Bool? = nil) -> RecordOutcome {
    adapter.record(usage, count: count, session: self, consent: consent)
  }

  /// As ``FeatureFlags/flags(for:consent:)``; a request that it takes counts for this session.
  public func flags(
    _ flags: FeatureFlags, for context: FlagContext, consent: Bool? = nil
  ) async -> FlagSet {
    await AnalyticsSession.$current.withValue(self) {
      await flags.flags(for: context, consent: consent)
    }
  }

  /// Sends a conversion and counts it with its value, so that ``SessionTotals/costPerConversion``
  /// says what analytics cost for each. A conversion that was refused or sampled counts as none.
  ///
  /// - Parameters:
  ///   - name: The event. The standard event classes keep `conversion`, `conversion_…` and
  ///     `…_converted` whole when others are sampled.
  ///   - value: What it is worth to the business, in `currency`.
  ///   - currency: ISO 4217; sent with the value.
  ///   - distinctID: Who converted.
  ///   - properties: Further properties.
  /// - Returns: What was offered and what became of it.
  @discardableResult
  public func recordConversion(
    _ name: String = "conversion", value: Money? = nil, currency: String = "USD",
    distinctID: String? = nil, properties: JSONValue = [:]
  ) -> CaptureReceipt {
    var members: [JSONValue.Member] = []
    if case .object(let own) = properties { members = own }
    if let value {
      members.append(JSONValue.Member("value", .number(value.description)))
      members.append(JSONValue.Member("currency", .string(currency)))
    }
    let receipt = capture(name, distinctID: distinctID, properties: .object(members))
    if receipt.wasSent { noteConversion(value: value) }
    return receipt
  }

  /// The same with ordinary variables as properties.
  @_disfavoredOverload
  @discardableResult
  public func recordConversion(
    _ name: String = "conversion", value: Money? = nil, currency: String = "USD",
    distinctID: String? = nil, properties: EventProperties
  ) -> CaptureReceipt {
    recordConversion(
      name, value: value, currency: currency, distinctID: distinctID, properties: properties.json)
  }
}
