import Foundation
import GenOpsIngestion
import GenOpsMetering
import GenOpsSimulation
import GenOpsUnits

/// `genops replay --pseudonymize`: where the events go, and under which key.
package struct Pseudonyms: Sendable {
  package var out: String
  /// A file whose bytes are the key; nil takes a random one.
  package var keyFile: String?
  /// Names of properties that are kept, with commas between them.
  package var keep: String?

  package init(out: String, keyFile: String? = nil, keep: String? = nil) {
    self.out = out
    self.keyFile = keyFile
    self.keep = keep
  }

  /// The fewest bytes of a key: half as many could be tried out.
  private static let leastKey = 16

  func write(
    _ files: [(path: String, name: String)], columns: [EventPart: String], maxErrors: Int?,
    replaces: Bool, _ remarks: inout Findings
  ) throws(FindingsError) {
    let names = (keep ?? "").split(separator: ",").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    var writer = EventPseudonymizer(key: try key(), keeping: Set(names))
    let count = try writer.write(
      files, columns: columns, maxErrors: maxErrors, to: out, replaces: replaces)
    let hashes = keyFile == nil ? "hashes under a random key" : "keyed hashes"
    remarks.note(
      "pseudonymized",
      "wrote \(countedNoun(count, "event")) to '\(out)', with \(hashes) in place of people, sessions and groups; "
        + "names of events and their instants are as they were",
      help: keyFile == nil
        ? "give --key-file for ids that are the same in the next file" : nil)
  }

  private func key() throws(FindingsError) -> [UInt8] {
    guard let keyFile else {
      var generator = SystemRandomNumberGenerator()
      return (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
    let key = try WholeFile.bytes(path: keyFile, name: keyFile)
    guard key.count >= Pseudonyms.leastKey else {
      throw FindingsError(
        "weak-key",
        "the key in '\(keyFile)' has \(countedNoun(key.count, "byte")), which can be tried out",
        help: "make one: head -c 32 /dev/urandom | base64 > \(keyFile)")
    }
    return key
  }
}
