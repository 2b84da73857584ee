import GenOpsUnits

/// Which column of a table holds which part of an event.
struct EventColumns: Sendable {
  private enum Content: Equatable {
    case part(EventPart)
    case property(String)
    /// The whole event, as the column `*` of PostHog's queries.
    case whole
    case nothing
  }

  let titles: [String]
  /// What the user named and no column is called.
  let unknown: [(part: EventPart, title: String)]
  private let contents: [Content]

  /// - Parameters:
  ///   - titles: What the columns are called.
  ///   - named: The titles of columns that the user gave, by what they hold.
  init(_ titles: [String], named: [EventPart: String] = [:]) {
    self.titles = titles
    let plain = titles.map(EventColumns.plain)
    var contents = plain.map(EventColumns.content)
    var unknown: [(EventPart, String)] = []
    for part in EventPart.allCases {
      let place: Int?
      if let title = named[part] {
        place = titles.firstIndex(of: title)
        if place == nil { unknown.append((part, title)) }
      } else {
        let free = plain.indices.filter { index in
          if case .part = contents[index] { false } else { !named.values.contains(titles[index]) }
        }
        place =
          part.aliases.lazy.compactMap { alias in
            free.first { EventColumns.folded(plain[$0]) == alias }
          }.first
      }
      if let place { contents[place] = .part(part) }
    }
    self.contents = contents
    self.unknown = unknown
  }

  /// The parts without which there is no event and that no column holds.
  var missing: [EventPart] {
    if contents.contains(.whole) { return [] }
    return EventPart.required.filter { !contents.contains(.part($0)) }
  }

  /// Whether the table says of an event whether it is identified.
  private var knowsPersons: Bool {
    contents.contains {
      [.whole, .part(.properties), .part(.personMode), .property("$process_person_profile")]
        .contains($0)
    }
  }

  /// What has to be known of all rows: which columns were taken for what, and what they do not say.
  func remarks(at place: SourceLocation) -> [RecordedElement] {
    if !missing.isEmpty || !unknown.isEmpty { return [] }
    var remarks: [RecordedElement] = []
    let taken = zip(titles, contents).compactMap { title, content -> String? in
      guard case .part(let part) = content,
        EventColumns.folded(EventColumns.plain(title)) != part.aliases[0]
      else { return nil }
      return "\(part.rawValue) is '\(title)'"
    }
    if !taken.isEmpty {
      remarks.append(
        .remark(
          Finding(
            .note, "event-columns", "of the columns, \(taken.joined(separator: ", "))",
            help: "if it is another one: --columns \(EventPart.event.rawValue)=TITLE,…", at: place))
      )
    }
    if !knowsPersons {
      remarks.append(
        .remark(
          Finding(
            .warning, "event-columns",
            "no column says which events have a person profile: every event counts as identified",
            help: "export person_mode or properties too", at: place)))
    }
    return remarks
  }

  /// The event of a row of a query's results.
  func elements(ofRow row: Node) -> [RecordedElement] {
    guard let cells = row.sequence else { return [.malformed(.notAnEvent, at: row.location)] }
    return elements(of: cells, at: row.location)
  }

  /// The event of a row whose cells are in the order of the titles.
  func elements(of cells: [Node], at place: SourceLocation) -> [RecordedElement] {
    if !missing.isEmpty || !unknown.isEmpty {
      return [
        .malformed(.noColumns, at: place, detail: titles.prefix(12).joined(separator: ", "))
      ]
    }
    if cells.count > titles.count {
      return [
        .malformed(.tooWide, at: place, detail: "\(cells.count) cells under \(titles.count) titles")
      ]
    }
    return [EventNode(node: record(cells, at: place)).element]
  }

  private func record(_ cells: [Node], at place: SourceLocation) -> Node {
    var entries: [Node.Entry] = []
    var properties: [Node.Entry] = []
    var groups: [Node.Entry] = []
    for (content, cell) in zip(contents, cells) {
      if cell.isNull { continue }
      func entry(_ key: String) -> Node.Entry {
        .init(key: key, keyLocation: cell.location, value: cell)
      }
      switch content {
      case .nothing: continue
      case .whole: entries += cell.mapping ?? []
      case .part(.properties):
        properties += EventNode.parsed(cell).mapping ?? []
        // What cannot be read as properties stays, so that it is said.
        if EventNode.parsed(cell).mapping == nil { entries.append(entry("properties")) }
      case .part(let part): entries.append(entry(part.rawValue))
      case .property(let name):
        if name.hasPrefix("$groups.") {
          groups.append(entry(String(name.dropFirst("$groups.".count))))
        } else {
          var property = entry(name)
          property.value = EventNode.parsed(cell)
          properties.append(property)
        }
      }
    }
    func add(_ key: String, _ inner: [Node.Entry], to outer: inout [Node.Entry]) {
      if inner.isEmpty { return }
      outer.append(.init(key: key, keyLocation: place, value: Node(.mapping(inner), at: place)))
    }
    add("$groups", groups, to: &properties)
    add("properties", properties, to: &entries)
    return Node(.mapping(entries), at: place)
  }

  /// A title without the name of its table.
  private static func plain(_ title: String) -> String {
    for prefix in ["*.", "events.", "e."] where title.hasPrefix(prefix) {
      return String(title.dropFirst(prefix.count))
    }
    return title
  }

  private static func folded(_ title: String) -> String {
    title.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
  }

  /// What a column holds when it is not part of the event itself.
  private static func content(_ plain: String) -> Content {
    if plain == "*" { return .whole }
    for prefix in ["properties.", "Properties."] where plain.hasPrefix(prefix) {
      return .property(String(plain.dropFirst(prefix.count)))
    }
    let isOfExport =
      exported.contains(plain.lowercased())
      || exported.contains { plain.lowercased().hasPrefix($0 + ".") }
    return isOfExport || plain.isEmpty ? .nothing : .property(plain)
  }

  /// Columns of PostHog's exports that say nothing of usage.
  private static let exported: Set<String> = [
    "person", "person_id", "person_properties", "person_display_name", "person_created_at",
    "elements", "elements_chain", "team_id", "project_id", "created_at", "_inserted_at",
    "inserted_at", "set", "set_once", "ip", "site_url", "url / screen", "group_properties",
  ]
}
