import Foundation
import GenOpsReporting
import GenOpsUnits

/// The folder `notebooks-out/<scenario>/` of one scenario.
///
/// Scenarios of one name in different places do not share it: a file in it says whose it is, and the
/// second scenario gets its name with a few digits of its path.
struct ReportFolder {
  /// Names the scenario that a folder belongs to, as it is found from there.
  private static let ownerFile = ".scenario"

  let path: String
  private let scenario: String
  /// Whether this run created the folder's owner file.
  private let isNew: Bool

  init(of scenario: String, under out: String) {
    self.scenario = scenario
    let file = URL(literal: scenario).resolvingSymlinksInPath()
    // Of a file called `..yaml` what is left would be the folder above.
    let stem = URL(literal: scenario).deletingPathExtension().lastPathComponent
    let name = stem.allSatisfy { $0 == "." } ? "scenario" : stem
    let digits = Digest.sha256(Array(file.path.utf8)).prefix(6)
    let own = out + "/" + name
    var isNew = false
    path =
      ReportFolder.claim(own, for: scenario, &isNew) ? own : "\(own)-\(digits)"
    self.isNew = isNew
  }

  /// Whether this scenario may use `folder`: it was free, or the scenario has used it before. Two runs at
  /// the same time must not both find it free, so only one of them can create the owner file.
  private static func claim(_ folder: String, for scenario: String, _ isNew: inout Bool) -> Bool {
    guard isFree(folder, for: scenario) else { return false }
    // Where no folder can be made, writing the reports says why.
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let file = open(folder + "/" + ownerFile, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard file >= 0 else { return isFree(folder, for: scenario) }
    defer { close(file) }
    isNew = true
    _ = DescriptorWriter.write(Array((owner(of: scenario, from: folder) + "\n").utf8), to: file)
    return true
  }

  /// Whether `folder` holds no reports of another scenario that still exists.
  private static func isFree(_ folder: String, for scenario: String) -> Bool {
    guard let bytes = try? FileBytes.content(of: folder + "/" + ownerFile, atMost: 1 << 16) else {
      return true
    }
    let owner = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines)
    let path = owner.hasPrefix("/") ? owner : folder + "/" + owner
    guard let identity = FileIdentity(path: path) else { return true }
    return identity == FileIdentity(path: scenario)
  }

  /// Writes every format that has a file; their paths, the page first.
  func write(_ report: Report, replaces: Bool) throws(FindingsError) -> [String] {
    var files: [OutputFiles.File] = []
    for entry in ReportFormats.all.entries {
      guard let name = entry.kind.fileName, let mark = entry.kind.fileMark else { continue }
      files.append(
        .init(path + "/" + name, bytes: entry.kind.bytes(report, TextStyle()), over: .holding(mark))
      )
    }
    let written = files.map(\.path)
    files.append(
      .init(
        path + "/" + ReportFolder.ownerFile, ReportFolder.owner(of: scenario, from: path) + "\n",
        over: .anything))
    do {
      try OutputFiles(
        files, replaces: replaces, elsewhere: "with --out DIR", makesFolders: true
      ).write()
    } catch {
      if isNew {
        unlink(path + "/" + ReportFolder.ownerFile)
        rmdir(path)
      }
      throw error
    }
    return written.sorted {
      ($0.hasSuffix(".html") ? 0 : 1, $0) < ($1.hasSuffix(".html") ? 0 : 1, $1)
    }
  }

  /// The scenario's path from this folder, so that both can move together.
  private static func owner(of scenario: String, from path: String) -> String {
    RelativePath.of(scenario, from: path)
  }
}
