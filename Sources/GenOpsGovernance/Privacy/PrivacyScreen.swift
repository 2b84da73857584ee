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
    /// The first rules that fit a property's name: rules are few, names come again and again.
    var rulesOfName: [String: NameRules] = [:]
    var tally: [String: PrivacyTally] = [:]
  }

  /// The places of rules, the number of rules where none fits.
  private struct NameRules {
    /// The first whose patterns fit the name.
    var pattern: Int
    /// The first whose kinds of values occur in the name, which then cannot stay either.
    var form: Int
  }

  /// More names than that, and longer ones, are not remembered, so that made-up names do not grow the
  /// memory: half a megabyte of them at most.
  private static let mostNames = 4096
  private static let longestName = 128

  /// What stands for a redacted value.
  public static let redacted = "[redacted]"

  /// `rules` in the order in which they look at a property.
  public init(_ rules: [DataRule]) { self.rules = rules }

  /// How often each class of data was met.
  public var tally: [String: PrivacyTally] { state.withLock { $0.tally } }

  /// Changes the properties of `event`, at any depth, and its distinct id where a rule hashes
  /// `distinct_id`.
  ///
  /// - Returns: Whether a rule forbids the event, for a property or for the form of its distinct id. Its
  ///   forbidden properties are left out all the same, for the modes that send it.
  public func screen(_ event: inout UsageEvent) -> Bool {
    var acted: [(rule: Int, forbids: Bool)] = []
    event.properties = screened(event.properties, &acted)
    if let rule = rule(for: "distinct_id", .string(event.distinctID)) {
      // A redacted or missing id would make all people one.
      switch rules[rule].action {
      case .hash:
        event.distinctID = fingerprint(event.distinctID, rules[rule])
        acted.append((rule, false))
      // Every event has this property: only what stands in it can forbid one.
      case .block where nameRules("distinct_id").pattern != rule: acted.append((rule, true))
      case .allow, .redact, .remove, .block: break
      }
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
        let action = rules[rule].action
        if action != .allow, nameRules(member.key).form == rule {
          acted.append((rule, action == .block))
          if action == .hash {
            kept.append(
              .init(fingerprint(member.key, rules[rule]), screened(member.value, &acted)))
          }
          continue
        }
        switch action {
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

  /// The first rule that fits a property, by its name or by its value.
  private func rule(for name: String, _ value: JSONValue) -> Int? {
    let names = nameRules(name)
    let first = min(names.pattern, names.form, valueRule(value) ?? rules.count)
    return first < rules.count ? first : nil
  }

  private func nameRules(_ name: String) -> NameRules {
    if let known = state.withLock({ $0.rulesOfName[name] }) { return known }
    let found = NameRules(
      pattern: rules.firstIndex { $0.properties.contains { $0.matches(name) } } ?? rules.count,
      form: formRule(name) ?? rules.count)
    guard name.utf8.count <= PrivacyScreen.longestName else { return found }
    state.withLock { state in
      if state.rulesOfName.count < PrivacyScreen.mostNames {
        state.rulesOfName[name] = found
      }
    }
    return found
  }

  private func valueRule(_ value: JSONValue) -> Int? {
    switch value {
    case .string(let text), .number(let text): formRule(text)
    default: nil
    }
  }

  private func formRule(_ text: String) -> Int? {
    let prepared = ValueText(text)
    return rules.firstIndex { $0.values.contains { $0.occurs(in: prepared) } }
  }

  /// 128 bits of SHA-256 over salt and value.
  private func fingerprint(_ text: String, _ rule: DataRule) -> String {
    "sha256:" + Digest.sha256(Array((rule.salt + "\u{0}" + text).utf8)).prefix(32)
  }
}
