import Foundation

/// A verb of the program, as the program itself lists them.
struct Verb: CustomStringConvertible {
  /// The words after `genops`.
  var path: [String]
  /// Whether it only holds other verbs.
  var isGroup: Bool

  var description: String { path.joined(separator: " ") }

  private struct Description: Decodable {
    var command: Command
  }

  private struct Command: Decodable {
    var commandName: String
    var subcommands: [Command]?
  }

  /// Every verb but `help`, groups before their own.
  static func all(_ folder: CommandFolder) async throws -> [Verb] {
    let text = try await folder.call(["--experimental-dump-help"]).out
    let program = try JSONDecoder().decode(Description.self, from: Data(text.utf8)).command
    return verbs(of: program, at: [])
  }

  private static func verbs(of command: Command, at path: [String]) -> [Verb] {
    (command.subcommands ?? []).filter { $0.commandName != "help" }.flatMap { each in
      let own = path + [each.commandName]
      return [Verb(path: own, isGroup: each.subcommands?.isEmpty == false)]
        + verbs(of: each, at: own)
    }
  }
}
