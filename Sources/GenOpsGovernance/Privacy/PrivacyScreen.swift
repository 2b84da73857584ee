public import GenOpsMetering

import GenOpsUnits
import Synchronization

/// How often rules on one class of data acted.
public struct PrivacyTally: Sendable, Hashable {
  /// Properties that were hashed, redacted or left out.
  public var changed: Int64 = 0
  /// Events that a rule forbids; strict mode refuses them.
  public var forbidden: Int64 = 0

  public init() {}
}

/// Takes out of events what must not leave. The only place where rules on data are carried out.
public final class PrivacyScreen: Sendable {
  private let rules: [DataRule]
  private let state = Mutex(State())

  private struct State {
    /// The first rule that fits a property's name: rules are few, names come again and again.
    var ruleOfName: [String: Int] = [:]
    var tally: [String: PrivacyTally] = [:]
  }

  /// More names than that are not remembered, so that made-up names do not grow the memory.
  private static let mostNames = 4096

  /// What stands for a redacted value.
  public static let redacted = "[redacted]"

  /// `rules` in the order in which they look at a property.
  public init(_ rules: [DataRule]) { self.rules = rules }

  /// How often each class of data was met.
  public var tally: [String: PrivacyTally] { state.withLock { $0.tally } }

  /// Changes the properties of `event`, at any depth, and its distinct id where a rule hashes
  /// `distinct_id`.
  ///
  /// - Returns: Whether a rule forbids the event. Its forbidden properties are left out all the
  ///   same, for the modes that send it.
  public func screen(_ event: inout UsageEvent) -> Bool {
    var acted: [(rule: Int, forbids: Bool)] = []
    event.properties = screened(event.properties, &acted)
    if let rule = rule(for: "distinct_id", .string(event.distinctID)),
      rules[rule].action == .hash
    {
      event.distinctID = fingerprint(event.distinctID, rules[rule])
      acted.append((rule, false))
    }
    if acted.isEmpty { return false }
    state.withLock { state in
      for (rule, forbids) in acted {
        if forbids { continue }
        state.tally[rules[rule].dataClass, default: .init()].changed += 1
      }
      for rule in Set(acted.filter(\.forbids).map(\.rule)) {
        state.tally[rules[rule].dataClass, default: .init()].forbidden += 1
      }
    }
    return acted.contains(where: \.forbids)
  }

  private func screened(_ value: JSONValue, _ acted: inout [(rule: Int, forbids: Bool)])
    -> JSONValue
  {
    switch value {
    case .object(let members):
      var kept: [JSONValue.Member] = []
      kept.reserveCapacity(members.count)
      for member in members {
        guard let rule = rule(for: member.key, member.value) else {
          kept.append(.init(member.key, screened(member.value, &acted)))
          continue
        }
        switch rules[rule].action {
        case .allow: kept.append(member)
        case .hash:
          let text = member.value.string ?? member.value.description
          kept.append(.init(member.key, .string(fingerprint(text, rules[rule]))))
          acted.append((rule, false))
        case .redact:
          kept.append(.init(member.key, .string(PrivacyScreen.redacted)))
          acted.append((rule, false))
        case .remove: acted.append((rule, false))
        case .block: acted.append((rule, true))
        }
      }
      return .object(kept)
    case .array(let items):
      return .array(
        items.map { item in
          // An item has no name: rules on values replace it, so that positions stay.
          guard let rule = valueRule(item), rules[rule].action != .allow else {
            return screened(item, &acted)
          }
          acted.append((rule, rules[rule].action == .block))
          return rules[rule].action == .hash
            ? .string(fingerprint(item.string ?? item.description, rules[rule]))
            : .string(PrivacyScreen.redacted)
        })
    default: return value
    }
  }

  /// The first rule that fits a property, by name or by value.
  private func rule(for name: String, _ value: JSONValue) -> Int? {
    let byName = nameRule(name)
    guard let byValue = valueRule(value) else { return byName < rules.count ? byName : nil }
    return min(byName, byValue)
  }

  private func nameRule(_ name: String) -> Int {
    if let known = state.withLock({ $0.ruleOfName[name] }) { return known }
    let found =
      rules.firstIndex { $0.properties.contains { $0.matches(name) } } ?? rules.count
    state.withLock { state in
      if state.ruleOfName.count < PrivacyScreen.mostNames { state.ruleOfName[name] = found }
    }
    return found
  }

  private func valueRule(_ value: JSONValue) -> Int? {
    let text: String
    switch value {
    case .string(let string): text = string
    case .number(let digits): text = digits
    default: return nil
    }
    return rules.firstIndex { $0.values.contains { $0.occurs(in: text) } }
  }

  /// 128 bits of SHA-256 over salt and value.
  private func fingerprint(_ text: String, _ rule: DataRule) -> String {
    "sha256:" + Digest.sha256(Array((rule.salt + "\u{0}" + text).utf8)).prefix(32)
  }
}
