/// The one place through which every line to a terminal passes.
package enum TerminalText {
  /// `text` without what could move the cursor, reorder a line or speak to the terminal; colours stay
  /// where the program set them and `keepsColors` says so.
  ///
  /// Names from files are made plain where reports are built. This is for the rest: a path in a message,
  /// a word of the command line in the help for it.
  package static func plain(_ text: String, keepsColors: Bool) -> String {
    guard text.unicodeScalars.contains(where: { !isPlain($0) }) else { return text }
    let scalars = Array(text.unicodeScalars)
    var out = String.UnicodeScalarView()
    var position = 0
    while position < scalars.count {
      let scalar = scalars[position]
      if let color = keepsColors ? color(scalars[position...]) : nil {
        out += color
        position += color.count
        continue
      }
      let isLineEnd =
        scalar == "\r" && position + 1 < scalars.count && scalars[position + 1] == "\n"
      out.append(isPlain(scalar) || isLineEnd ? scalar : " ")
      position += 1
    }
    return String(out)
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" || scalar == "\t" || scalar.isDisplayable
  }

  /// One of the sequences of ``TextStyle`` at the beginning of `scalars`; nil for any other.
  private static func color(_ scalars: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar>? {
    guard scalars.first == "\u{1B}", let end = scalars.prefix(6).firstIndex(of: "m") else {
      return nil
    }
    let sequence = scalars[...end]
    let text = String(String.UnicodeScalarView(sequence))
    return TextStyle.sequences.contains(text) ? sequence : nil
  }
}
