import GenOpsSimulation
import GenOpsUnits

/// An uncertain input as people call it.
enum DriverText {
  /// `growth.events.rate` is "growth of events", `change.Black Friday.0` "Black Friday".
  static func label(_ name: String) -> String {
    guard let dot = name.firstIndex(of: ".") else { return name }
    let kind = String(name[..<dot])
    let rest = String(name[name.index(after: dot)...])
    switch kind {
    case "growth":
      let target = rest.hasSuffix(".rate") ? String(rest.dropLast(5)) : rest
      return "growth of \(target.replacing("_", with: " "))"
    case "change", "value": return rest.hasSuffix(".0") ? String(rest.dropLast(2)) : rest
    case "mix": return "share of \(rest)"
    case "identified": return "identified share of \(rest)"
    case "option", "traffic", "calendar": return rest.replacing(".", with: ": ")
    default: return name
    }
  }

  /// The word of the register.
  static func provenance(_ origin: FigureDriver.Origin) -> String {
    switch origin {
    case .given: "given"
    case .history: "shown"
    case .assumed: "assumed"
    }
  }

  static func origin(_ origin: FigureDriver.Origin) -> String {
    switch origin {
    case .given: "given"
    case .history: "fitted to the history"
    case .assumed: "assumed"
    }
  }
}
