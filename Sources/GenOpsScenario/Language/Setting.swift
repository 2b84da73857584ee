import Foundation
import GenOpsUnits

/// One `--set growth.events="3% per month"`: a place in the scenario and the value to put there.
struct Setting {
  /// How the places of such values begin, instead of a file's name.
  static let prefix = "--set "

  /// Keys, names of list items, or the number of an item from 0; one with a dot in it stands in
  /// quotes: `growth."site.eu".rate`.
  let path: [String]
  let value: Node
  private let location: SourceLocation

  /// Nil with a finding when the text is no `place=value`.
  init?(_ text: String, _ findings: inout Findings) {
    guard let sign = text.firstIndex(of: "="), sign != text.startIndex else {
      findings.error(
        "not-a-setting", "'\(text)' is not a place=value",
        help: "write: --set growth.events='3% per month'",
        at: SourceLocation(file: Setting.prefix + text, line: 1, column: 1))
      return nil
    }
    let place = String(text[..<sign]).trimmingCharacters(in: .whitespaces)
    location = SourceLocation(file: Setting.prefix + place, line: 1, column: 1)
    path = Setting.segments(place)
    let written = String(text[text.index(after: sign)...]).trimmingCharacters(in: .whitespaces)
    if written.isEmpty {
      value = Node(.scalar(text: "", quoted: false), at: location)
    } else {
      do throws(FindingsError) {
        value = try YAMLReader.parse(Data(written.utf8), file: location.file)
      } catch {
        findings.merge(error.findings)
        return nil
      }
    }
    if path.contains("") || path.count > JSONParser.maximumDepth {
      findings.error(
        "not-a-setting",
        path.contains("")
          ? "'\(place)' names no place"
          : "'\(place.prefix(40))…' is deeper than a scenario can be",
        help: "write: --set growth.events=…", at: location)
      return nil
    }
  }

  /// The keys of a place: divided by dots, but for those in quotes.
  static func segments(_ place: String) -> [String] {
    var segments = [""]
    var quoted = false
    for character in place {
      switch character {
      case "\"": quoted.toggle()
      case "." where !quoted: segments.append("")
      default: segments[segments.count - 1].append(character)
      }
    }
    return segments
  }

  /// The tree with the value in its place. A key that is missing is added, so that a misspelt one
  /// gets the same finding as in a file; a name that a list does not have is a finding here.
  func applied(to root: Node, _ findings: inout Findings) -> Node {
    place(path[...], in: root, &findings)
  }

  private func place(_ rest: ArraySlice<String>, in node: Node?, _ findings: inout Findings)
    -> Node
  {
    guard let key = rest.first else { return value }
    let below = rest.dropFirst()
    guard let node, !node.isNull else {
      let entry = Node.Entry(
        key: key, keyLocation: location, value: place(below, in: nil, &findings))
      return Node(.mapping([entry]), at: location)
    }
    switch node.content {
    case .mapping(var entries):
      let parent = path.dropLast(rest.count).last
      if let index = entries.firstIndex(where: { KeyNames.areSame($0.key, key, under: parent) }) {
        let inside = place(below, in: entries[index].value, &findings)
        entries[index].value = inside
        if below.isEmpty { entries[index].keyLocation = location }
      } else if path.first == "variables", rest.count == path.count - 1 {
        // A new variable is used by nothing, so this one was meant to be another.
        refuse(key, among: entries.map(\.key), "no variable", &findings)
      } else {
        entries.append(
          Node.Entry(key: key, keyLocation: location, value: place(below, in: nil, &findings)))
      }
      return Node(.mapping(entries), at: node.location)
    case .sequence(var items):
      let names = items.map { item in
        item.mapping?.count == 1 ? item.mapping?.first?.key : item["name"]?.text
      }
      guard
        let index = names.firstIndex(of: key)
          ?? Int(key).flatMap({ items.indices.contains($0) ? $0 : nil })
      else {
        let known = names.compactMap { $0 }
        refuse(
          key, among: known.isEmpty ? items.indices.map(String.init) : known, "nothing called",
          &findings)
        return node
      }
      if names[index] == key, let entry = items[index].mapping?.first, items[index]["name"] == nil {
        let inside = place(below, in: entry.value, &findings)
        items[index] = Node(
          .mapping([Node.Entry(key: key, keyLocation: entry.keyLocation, value: inside)]),
          at: items[index].location)
      } else {
        items[index] = place(below, in: items[index], &findings)
      }
      return Node(.sequence(items), at: node.location)
    case .scalar(let text, _):
      let parent = path[..<(path.count - rest.count)].joined(separator: ".")
      findings.error(
        "no-such-place", "'\(parent)' is '\(text)', which has no '\(key)'",
        help: "write: --set \(parent)=…   (or give it a mapping: \(parent)='{\(key): …}')",
        at: location)
      return node
    }
  }

  private func refuse(
    _ key: String, among known: [String], _ what: String, _ findings: inout Findings
  ) {
    findings.error(
      "no-such-place", "there is \(what) '\(key)' to set",
      help: nearestName(to: key, among: known).map { "did you mean '\($0)'?" }
        ?? "known: \(known.joined(separator: ", "))", at: location)
  }
}
