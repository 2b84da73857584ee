/// Words of a command that is shown to be copied: a path from elsewhere must not run something else.
enum ShellWord {
  /// The words as a POSIX shell takes them apart again.
  static func joined(_ words: [String]) -> String {
    words.map(quoted).joined(separator: " ")
  }

  /// In single quotes, unless nothing in it means anything to a shell.
  static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.utf8.allSatisfy { byte in
        (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte)
          || "/._-:=,@%+".utf8.contains(byte)
      }
    if isPlain { return word }
    return "'" + word.unicodeScalars.map { $0 == "'" ? "'\\''" : String($0) }.joined() + "'"
  }
}
