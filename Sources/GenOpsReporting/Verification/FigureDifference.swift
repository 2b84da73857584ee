/// A figure in a file of a run that is not the one its scenario and data give.
package struct FigureDifference: Sendable, Hashable {
  /// The file's name.
  package var file: String
  /// Which figure: its path in `result.json`, or the line and the column where a file holds no figure there.
  package var place: String
  /// What the file says; empty where it says nothing there.
  package var stored: String
  /// What it has to say; empty where it has to say nothing.
  package var recomputed: String

  package init(file: String, place: String, stored: String, recomputed: String) {
    self.file = file
    self.place = place
    self.stored = stored
    self.recomputed = recomputed
  }
}
