import GenOpsUnits

/// The kinds as a terminal and as a page of the documentation show them.
enum KindText {
  /// `genops kinds NAME`.
  static func terminal(_ kind: KindCatalog.Kind) -> String {
    var out = "\(kind.name): \(kind.summary)\n"
    if let manual = kind.manual {
      out += "\n  \(manual.formula)\n"
      let width = manual.parameters.map(\.key.count).max() ?? 0
      if !manual.parameters.isEmpty { out += "\n" }
      for (key, meaning) in manual.parameters {
        out += "  \(key.padding(to: width))  \(meaning)\n"
      }
      if let calibration = manual.calibration { out += "\nFrom a history: \(calibration).\n" }
      if let source = manual.source { out += "\nSource: \(source).\n" }
    }
    out += "\n" + kind.example + "\n"
    return out
  }

  /// `docs/kinds.md`.
  static var markdown: String {
    var out = """
      # Kinds

      Everything that a file can name, as `genops kinds` prints it. This page is written by a test from
      the registries; every example that is a scenario is run by it too.


      """
    out += KindCatalog.groups.map { "- [\($0.title)](#\(anchor($0.title)))" }.joined(
      separator: "\n")
    for group in KindCatalog.groups {
      out += "\n\n## \(group.title)\n"
      for kind in group.kinds {
        out += "\n### \(kind.name)\n\n\(kind.summary).\n"
        if let manual = kind.manual {
          out += "\n    \(manual.formula)\n\n"
          for (key, meaning) in manual.parameters { out += "- `\(key)`: \(meaning)\n" }
          if let calibration = manual.calibration { out += "\nFrom a history: \(calibration).\n" }
          if let source = manual.source { out += "\nSource: \(source).\n" }
        }
        if group.name == "meters" { continue }
        let example = kind.manual == nil ? section(kind.example) : kind.example
        out += "\n```yaml\n\(example)\n```\n"
      }
    }
    return out
  }

  /// The lines that differ from kind to kind; the shop around them is the same.
  private static func section(_ example: String) -> String {
    let lines = example.split(separator: "\n")
    guard let last = lines.lastIndex(where: { $0.hasPrefix("  benefits: [replaced tools") }),
      last + 1 < lines.count
    else { return example }
    return lines[(last + 1)...].joined(separator: "\n")
  }

  private static func anchor(_ title: String) -> String {
    title.lowercased().replacing(" ", with: "-")
  }
}

extension String {
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
