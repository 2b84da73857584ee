public import GenOpsUnits

import GenOpsMetering

/// Persons and groups. Each of these is a billable event itself and makes a person profile, after
/// which all events of that person are identified. In a ``RequestIdentity`` they get its session; its
/// properties are the request's and not the person's.
extension PostHogAdapter {
  /// Ties the events that `anonymousID` had before to `distinctID`, and sets what is known of the
  /// person (`$identify`).
  @discardableResult
  public func identify(
    _ distinctID: String, anonymousID: String? = nil, set: JSONValue = [:],
    setOnce: JSONValue = [:], session: AnalyticsSession? = AnalyticsSession.current,
    consent: Bool? = nil
  ) -> CaptureReceipt {
    var members: [JSONValue.Member] = []
    if let anonymousID {
      members.append(JSONValue.Member("$anon_distinct_id", .string(anonymousID)))
    }
    return people("$identify", distinctID, members, set, setOnce, session, consent)
  }

  /// The same with ordinary variables as properties.
  @_disfavoredOverload
  @discardableResult
  public func identify(
    _ distinctID: String, anonymousID: String? = nil, set: EventProperties,
    setOnce: EventProperties = [:], session: AnalyticsSession? = AnalyticsSession.current,
    consent: Bool? = nil
  ) -> CaptureReceipt {
    identify(
      distinctID, anonymousID: anonymousID, set: set.json, setOnce: setOnce.json, session: session,
      consent: consent)
  }

  /// Makes `alias` another id of the person `distinctID` (`$create_alias`).
  @discardableResult
  public func alias(
    _ alias: String, of distinctID: String, session: AnalyticsSession? = AnalyticsSession.current,
    consent: Bool? = nil
  ) -> CaptureReceipt {
    people(
      "$create_alias", distinctID,
      [
        JSONValue.Member("distinct_id", .string(distinctID)),
        JSONValue.Member("alias", .string(alias)),
      ], [:], [:], session, consent)
  }

  /// Sets what is known of a group, such as a company (`$groupidentify`).
  ///
  /// - Parameters:
  ///   - type: The group type: `company`.
  ///   - key: The group's id.
  ///   - set: Its properties.
  ///   - distinctID: Who says so; by default an id made of type and key, as PostHog's server
  /// clients do.
  ///   - session: The analytics session that it counts for.
  ///   - consent: As for ``capture(_:session:consent:)``.
  /// - Returns: What was offered and what became of it.
  @discardableResult
  public func group(
    _ type: String, _ key: String, set: JSONValue = [:], distinctID: String? = nil,
    session: AnalyticsSession? = AnalyticsSession.current, consent: Bool? = nil
  ) -> CaptureReceipt {
    people(
      "$groupidentify", distinctID ?? "$\(type)_\(key)",
      [
        JSONValue.Member("$group_type", .string(type)),
        JSONValue.Member("$group_key", .string(key)), JSONValue.Member("$group_set", set),
      ], [:], [:], session, consent)
  }

  /// The same with ordinary variables as properties.
  @_disfavoredOverload
  @discardableResult
  public func group(
    _ type: String, _ key: String, set: EventProperties, distinctID: String? = nil,
    session: AnalyticsSession? = AnalyticsSession.current, consent: Bool? = nil
  ) -> CaptureReceipt {
    group(type, key, set: set.json, distinctID: distinctID, session: session, consent: consent)
  }

  /// Sets properties of a person (`$set`).
  @discardableResult
  public func set(
    _ properties: JSONValue, for distinctID: String,
    session: AnalyticsSession? = AnalyticsSession.current, consent: Bool? = nil
  ) -> CaptureReceipt {
    people("$set", distinctID, [], properties, [:], session, consent)
  }

  /// The same with ordinary variables as properties.
  @_disfavoredOverload
  @discardableResult
  public func set(
    _ properties: EventProperties, for distinctID: String,
    session: AnalyticsSession? = AnalyticsSession.current, consent: Bool? = nil
  ) -> CaptureReceipt {
    set(properties.json, for: distinctID, session: session, consent: consent)
  }

  /// Sets properties of a person that have no value yet (`$set_once`).
  @discardableResult
  public func setOnce(
    _ properties: JSONValue, for distinctID: String,
    session: AnalyticsSession? = AnalyticsSession.current, consent: Bool? = nil
  ) -> CaptureReceipt {
    people("$set_once", distinctID, [], [:], properties, session, consent)
  }

  /// The same with ordinary variables as properties.
  @_disfavoredOverload
  @discardableResult
  public func setOnce(
    _ properties: EventProperties, for distinctID: String,
    session: AnalyticsSession? = AnalyticsSession.current, consent: Bool? = nil
  ) -> CaptureReceipt {
    setOnce(properties.json, for: distinctID, session: session, consent: consent)
  }

  private func people(
    _ name: String, _ distinctID: String, _ members: [JSONValue.Member], _ set: JSONValue,
    _ setOnce: JSONValue, _ session: AnalyticsSession?, _ consent: Bool?
  ) -> CaptureReceipt {
    var members = members
    for (key, values) in [("$set", set), ("$set_once", setOnce)] {
      if case .object(let entries) = values, !entries.isEmpty {
        members.append(JSONValue.Member(key, values))
      }
    }
    RequestIdentity.current?.fillSession(&members)
    let event = UsageEvent(
      name: name, distinctID: distinctID, uuid: .random(), timestamp: account.clock.now(),
      properties: .object(members))
    return receipt(event, session: session, consent: consent)
  }
}
