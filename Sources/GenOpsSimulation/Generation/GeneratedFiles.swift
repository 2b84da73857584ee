import GenOpsIngestion
package import GenOpsUnits
import GenOpsMetering

/// Where generated events go: one file, a file for each day in a folder, or a pipe.
package struct GeneratedFiles {
  /// The events.
  package enum Place: Sendable {
    case file(String)
    /// A folder, and what the names of its files end with: `.jsonl`, `.jsonl.gz`, `.jsonl.zst`.
    case folder(String, ending: String)
    case output(descriptor: Int32)
  }

  package let place: Place
  /// Where usage goes that no export of events holds; nil leaves it out.
  package let usage: String?
  package let replaces: Bool

  /// `replaces` says whether files that are there already may go.
  package init(_ place: Place, usage: String?, replaces: Bool) {
    self.place = place
    self.usage = usage
    self.replaces = replaces
  }

  /// Writes the events and the other usage of `days` of the period. `onProgress` gets a number from 0 to 1.
  /// - Returns: The files that were written, in the order of the days, and how many events are in them.
  package func write(
    _ generator: EventGenerator, days: Range<Int>, onProgress: (Double) -> Void
  ) throws(FindingsError) -> (files: [String], events: Int64) {
    var files: [String] = []
    var events: Int64 = 0
    let all = max(1, generator.traffic.eventCount(days))
    func fill(_ file: PackedFile, _ days: Range<Int>) throws(FindingsError) {
      do throws(FindingsError) {
        for day in days {
          events += try generator.write(day: day) { (piece) throws(FindingsError) in
            try file.write(piece)
          }
          onProgress(Double(events) / Double(all))
        }
        try file.finish()
      } catch {
        file.discard()
        throw error
      }
    }
    switch place {
    case .output(let descriptor):
      try fill(try PackedFile(descriptor: descriptor), days)
    case .file(let name):
      try fill(try PackedFile(name, replaces: replaces, elsewhere: "with --out"), days)
      files.append(name)
    case .folder(let folder, let ending):
      for day in days {
        let name = "\(folder)/events-\(generator.traffic.start.advanced(by: day))\(ending)"
        try fill(
          try PackedFile(name, replaces: replaces, elsewhere: "with --out"), day..<day + 1)
        files.append(name)
      }
    }
    if let usage, !generator.traffic.usage.isEmpty {
      let file = try PackedFile(usage, replaces: replaces, elsewhere: "with --usage")
      try file.write(Array(GeneratedFiles.table(generator.traffic, days).utf8))
      try file.finish()
      files.append(usage)
    }
    return (files, events)
  }

  /// The usage that no export of events holds: a row for each day and meter, as `--usage` and `history:` read it.
  static func table(_ traffic: GeneratedTraffic, _ days: Range<Int>) -> String {
    var text = "date,meter,units\r\n"
    for day in days {
      for (meter, units) in traffic.usage {
        text += "\(traffic.start.advanced(by: day)),\(meter.id),\(units[day])\r\n"
      }
    }
    return text
  }
}
