import GenOpsUnits

extension Stewardship {
  static let keys = ["owner", "review", "source"]
  /// Parts whose own `source` means something else, and those whose keys are all names.
  private static let others: Set<String> = ["prices", "bills", "tests", "expect", "correlations"]
  private static let named: Set<String> = ["variables", "mix"]

  /// Takes the keys out of a scenario's tree, so that no other reader meets them.
  static func taken(from root: Node, _ findings: inout Findings) -> (node: Node, notes: Stewardship)
  {
    var notes = Stewardship()
    let node = notes.take(root, [], &findings)
    return (node, notes)
  }

  private mutating func take(_ node: Node, _ way: [String], _ findings: inout Findings) -> Node {
    var node = node
    switch node.content {
    case .scalar: return node
    case .sequence(let items):
      node.content = .sequence(items.map { take($0, way, &findings) })
    case .mapping(let entries):
      let hasNames = way.count == 1 && Stewardship.named.contains(way[0])
      let own = entries.filter {
        Stewardship.keys.contains($0.key) && $0.value.text != nil && !hasNames
      }
      if let note = Stewardship.note(own, &findings) { add(note, at: way) }
      node.content = .mapping(
        entries.filter { entry in !own.contains { $0.keyLocation == entry.keyLocation } }.map {
          entry in
          if way.isEmpty, Stewardship.others.contains(entry.key) { return entry }
          var entry = entry
          entry.value = take(entry.value, way + [entry.key], &findings)
          return entry
        })
    }
    return node
  }

  private static func note(_ entries: [Node.Entry], _ findings: inout Findings) -> Note? {
    var note = Note()
    for entry in entries where !entry.value.isNull {
      let text = entry.value.text ?? ""
      switch entry.key {
      case "owner": note.owner = text
      case "source": note.source = text
      default:
        note.review = CalendarDay(text)
        if note.review == nil {
          findings.error(
            "review-date", "'\(text)' is not a day on which a number is looked at again",
            help: "write: review: 2027-04-01", at: entry.value.location)
        }
      }
    }
    return note == Note() ? nil : note
  }
}
