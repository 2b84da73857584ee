public import GenOpsMetering

/// An event as it goes out: its uuid, which every retry keeps, and its JSON.
public struct OutgoingEvent: Sendable, Hashable {
  public var uuid: EventUUID
  /// One member of `batch` in the body of `POST /batch/`, on one line: `event`, `distinct_id`,
  /// `uuid`, `timestamp`, `properties`. A file of such lines is what `genops replay` reads.
  public var json: String
  /// Which way it goes where there are several, such as to which project; empty where there is one. A spool
  /// keeps it with the event and gives each way its own.
  public var lane: String

  /// `json` is one member of `batch`, valid JSON that holds the same uuid.
  public init(uuid: EventUUID, json: String, lane: String = "") {
    self.uuid = uuid
    self.json = json
    self.lane = lane
  }
}
