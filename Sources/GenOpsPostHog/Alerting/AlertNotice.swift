public import GenOpsUnits

/// A message about money for a person.
public struct AlertNotice: Sendable, Hashable {
  /// How urgent it is.
  public enum Level: String, Sendable, Hashable {
    case info, warning, error
  }

  /// The same for the same fact, so that a receiver can tell a repetition: budget, first day of
  /// its period, limit and percent, `daily/2027-01-10/100/80`. A process that starts again in the period raises
  /// the same alerts with the same ids.
  public var id: String
  public var level: Level
  public var message: String
  /// Who is told; nil when no recipient is set.
  public var recipient: String?
  /// How often it was passed on because nobody acknowledged it.
  public var escalations: Int
  /// The budget's name; nil for trends.
  public var budget: String?
  /// Percent of the limit that was reached; nil for trends.
  public var percent: Int?
  public var at: Timestamp
  /// When the period that it is about ends, or a week later for trends: until then it may be raised again, by another
  /// process or after a restart.
  public var until: Timestamp

  /// `id` is the same for the same fact, so that a repetition can be told. Without `until` it is taken to be
  /// a fact of a week.
  public init(
    id: String, level: Level, message: String, recipient: String? = nil, escalations: Int = 0,
    budget: String? = nil, percent: Int? = nil, at: Timestamp,
    until: Timestamp? = nil
  ) {
    self.id = id
    self.level = level
    self.message = message
    self.recipient = recipient
    self.escalations = escalations
    self.budget = budget
    self.percent = percent
    self.at = at
    self.until = until ?? at.advanced(bySeconds: 7 * 86_400)
  }

  public var json: JSONValue {
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    return [
      "id": .string(id), "level": .string(level.rawValue), "message": .string(message),
      "recipient": text(recipient), "escalations": .integer(escalations), "budget": text(budget),
      "percent": percent.map { .integer($0) } ?? .null, "at": .string(at.description),
    ]
  }
}
