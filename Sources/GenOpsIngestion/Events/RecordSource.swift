import GenOpsUnits

/// The records of a file, however it is laid out: one to a line, parts of longer JSON, rows of a table.
protocol RecordSource: AnyObject {
  /// What the next record holds, nothing for a blank one; nil at the end of the file.
  func next() throws(FindingsError) -> [RecordedElement]?
}
