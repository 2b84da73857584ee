import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

/// Reads what was used before the process began, as settings say it.
///
/// In a file it is a mapping, `{"events": 1200000}`; in a variable the same in one line,
/// `events=1,200,000, feature_flag_requests=40k`. A comma stands between entries where a name follows it,
/// and between the groups of a number where a digit does. `nothing` is a new account; `others=0` says that no
/// meter was used but those that are named.
enum OpeningText {
  /// Units by meter.
  static func usage(_ node: Node, _ name: String, _ findings: inout Findings) -> [Meter: Int64]? {
    if node.text?.trimmed.lowercased() == "nothing" { return OpeningBalance.nothing.current }
    let help = "write for example events=1200000, feature_flag_requests=40000, or nothing"
    guard let entries = entries(node, name, help: help, &findings) else { return nil }
    var units: [Meter: Int64] = [:]
    var isNothingElse = false
    for (key, value) in entries {
      if key == "others" {
        isNothingElse = value.text?.trimmed == "0"
        if !isNothingElse {
          findings.error(
            "setting-units",
            "\(name): 'others' stands for all meters that are not named, and can only be 0",
            help: "write others=0, or name the meter", at: value.location)
        }
        continue
      }
      guard let meter = Meter(named: key) else {
        findings.error(
          "unknown-meter", "\(name): there is no meter '\(key)'",
          help: nearestName(to: key, orBeginning: Meter.ids).map { "did you mean '\($0)'?" }
            ?? "known: \(Meter.ids.joined(separator: ", "))", at: value.location)
        continue
      }
      if units[meter] != nil { twice(key, value, name, &findings) }
      units[meter] = Figures.one(
        value.text, "setting-units",
        "\(name): '\(value.text ?? value.kindName)' is not a whole number of \(meter.unit)s",
        help: "write for example \(meter.id)=1200000", at: value.location, &findings
      ) { figures in
        figures.number().flatMap { try? $0.whole() }.flatMap { $0 >= 0 ? $0 : nil }
      }
    }
    if isNothingElse {
      units.merge(OpeningBalance.nothing.current) { written, _ in written }
    }
    return units
  }

  /// Money by the name of a budget.
  static func spent(_ node: Node, _ name: String, _ findings: inout Findings) -> [String: Money]? {
    let help = "write for example daily=3.20, monthly=310"
    guard let entries = entries(node, name, help: help, &findings) else { return nil }
    var spent: [String: Money] = [:]
    for (key, value) in entries {
      if spent[key] != nil { twice(key, value, name, &findings) }
      spent[key] = SettingText.money(value, "\(name): \(key)", &findings)
    }
    return spent
  }

  /// One of two numbers is wrong, and which one cannot be known. Two names of one meter are the same.
  private static func twice(
    _ key: String, _ value: Node, _ name: String, _ findings: inout Findings
  ) {
    findings.error(
      "setting-entries", "\(name): '\(key)' is there twice", help: "keep the one that is right",
      at: value.location)
  }

  /// PostHog's own count, from the file of an answer of `GET /api/billing/`.
  static func answer(_ node: Node, _ name: String, _ findings: inout Findings) -> BillingUsage? {
    guard let path = SettingText.text(node, name, &findings) else { return nil }
    do throws(FileBytes.Failure) {
      // An answer with every product and tier is some hundred kilobytes.
      return BillingUsage(
        try FileBytes.content(of: path, atMost: 16 << 20), file: path, &findings)
    } catch {
      let why =
        switch error {
        case .missing(let near): "there is none" + (near.map { "; did you mean '\($0)'?" } ?? "")
        case .isFolder: "it is a folder"
        case .unreadable(let why): why
        case .larger(let limit): "it has more than \(limit) bytes"
        }
      findings.error(
        "no-file", "\(name): the billing answer '\(path)' cannot be read: \(why)",
        help: "name the file of an answer of GET /api/billing/", at: node.location)
      return nil
    }
  }

  private static func entries(
    _ node: Node, _ name: String, help: String, _ findings: inout Findings
  ) -> [(String, Node)]? {
    if let mapping = node.mapping { return mapping.map { ($0.key, $0.value) } }
    let parts = parts(node.text ?? "")
    let pairs = parts.map { part -> (String, Node)? in
      guard let equals = part.text.firstIndex(of: "=") else { return nil }
      let key = String(part.text[..<equals]).trimmed
      let value = String(part.text[part.text.index(after: equals)...]).trimmed
      var place = node.location
      // A variable's text begins in its first column; in a file quotes and names stand before it.
      if place.file == name { place.column += part.offset }
      return (key, Node(.scalar(text: value, quoted: true), at: place))
    }
    guard !pairs.isEmpty, !pairs.contains(where: { $0 == nil }) else {
      findings.error(
        "setting-entries",
        "\(name) is not a list of names with numbers: '\(node.text ?? node.kindName)'",
        help: help, at: node.location)
      return nil
    }
    return pairs.compactMap { $0 }
  }

  /// Splits at commas, semicolons and line ends that no digit follows. Each part with how many scalars stand before it.
  private static func parts(_ text: String) -> [(text: String, offset: Int)] {
    var parts: [(text: String.UnicodeScalarView, offset: Int)] = [(.init(), 0)]
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      let isDigit = index + 1 < scalars.count && ("0"..."9").contains(scalars[index + 1])
      if scalar == ";" || scalar == "\n" || (scalar == "," && !isDigit) {
        parts.append((.init(), index + 1))
      } else if parts[parts.count - 1].text.isEmpty, scalar == " " {
        parts[parts.count - 1].offset += 1
      } else {
        parts[parts.count - 1].text.append(scalar)
      }
    }
    return parts.map { (String($0.text).trimmed, $0.offset) }.filter { !$0.0.isEmpty }
  }
}
