public import GenOpsUnits

/// Calls as PostHog's own clients have them, governed by ``currentAdapter``. Each returns nil and sends
/// nothing while there is no adapter: analytics must not break a program that runs without.
extension GenOps {
  /// As
  /// ``PostHogAdapter/capture(_:distinctID:properties:groups:isIdentified:timestamp:uuid:session:consent:)-(_,_,JSONValue,_,_,_,_,_,_)``.
  @discardableResult
  public static func capture(
    _ event: String, _ properties: JSONValue = [:], distinctID: String? = nil,
    groups: [String: String] = [:], timestamp: Timestamp? = nil
  ) -> CaptureReceipt? {
    currentAdapter?.capture(
      event, distinctID: distinctID, properties: properties, groups: groups,
      timestamp: timestamp)
  }

  /// The same with ordinary variables as properties: `["plan": plan, "price": price]`.
  @_disfavoredOverload
  @discardableResult
  public static func capture(
    _ event: String, _ properties: EventProperties, distinctID: String? = nil,
    groups: [String: String] = [:], timestamp: Timestamp? = nil
  ) -> CaptureReceipt? {
    capture(event, properties.json, distinctID: distinctID, groups: groups, timestamp: timestamp)
  }

  /// The same in the order of ``PostHogAdapter``.
  @discardableResult
  public static func capture(
    _ event: String, distinctID: String? = nil, properties: EventProperties,
    groups: [String: String] = [:], timestamp: Timestamp? = nil
  ) -> CaptureReceipt? {
    capture(event, properties.json, distinctID: distinctID, groups: groups, timestamp: timestamp)
  }

  /// As ``PostHogAdapter/identify(_:anonymousID:set:setOnce:session:consent:)-(_,_,JSONValue,_,_,_)``.
  @discardableResult
  public static func identify(
    _ distinctID: String, anonymousID: String? = nil, set: JSONValue = [:], setOnce: JSONValue = [:]
  ) -> CaptureReceipt? {
    currentAdapter?.identify(
      distinctID, anonymousID: anonymousID, set: set, setOnce: setOnce)
  }

  /// The same with ordinary variables as properties.
  @_disfavoredOverload
  @discardableResult
  public static func identify(
    _ distinctID: String, anonymousID: String? = nil, set: EventProperties,
    setOnce: EventProperties = [:]
  ) -> CaptureReceipt? {
    identify(distinctID, anonymousID: anonymousID, set: set.json, setOnce: setOnce.json)
  }

  /// As ``PostHogAdapter/alias(_:of:session:consent:)``.
  @discardableResult
  public static func alias(_ alias: String, of distinctID: String) -> CaptureReceipt? {
    currentAdapter?.alias(alias, of: distinctID)
  }

  /// As ``PostHogAdapter/group(_:_:set:distinctID:session:consent:)-(_,_,JSONValue,_,_,_)``.
  @discardableResult
  public static func group(
    _ type: String, _ key: String, set: JSONValue = [:], distinctID: String? = nil
  ) -> CaptureReceipt? {
    currentAdapter?.group(type, key, set: set, distinctID: distinctID)
  }

  /// The same with ordinary variables as properties.
  @_disfavoredOverload
  @discardableResult
  public static func group(
    _ type: String, _ key: String, set: EventProperties, distinctID: String? = nil
  ) -> CaptureReceipt? {
    group(type, key, set: set.json, distinctID: distinctID)
  }

  /// As ``PostHogAdapter/set(_:for:session:consent:)-(JSONValue,_,_,_)``.
  @discardableResult
  public static func set(_ properties: JSONValue, for distinctID: String) -> CaptureReceipt? {
    currentAdapter?.set(properties, for: distinctID)
  }

  /// The same with ordinary variables as properties.
  @_disfavoredOverload
  @discardableResult
  public static func set(_ properties: EventProperties, for distinctID: String) -> CaptureReceipt? {
    set(properties.json, for: distinctID)
  }

  /// As ``PostHogAdapter/register(_:)-(JSONValue)``.
  public static func register(_ properties: JSONValue) {
    currentAdapter?.register(properties)
  }

  /// The same with ordinary variables as properties.
  @_disfavoredOverload
  public static func register(_ properties: EventProperties) { register(properties.json) }

  /// As ``PostHogAdapter/optOut()``.
  public static func optOut() { currentAdapter?.optOut() }

  /// As ``PostHogAdapter/optIn()``.
  public static func optIn() { currentAdapter?.optIn() }
}
