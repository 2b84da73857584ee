import Foundation
package import GenOpsCosting
package import GenOpsUnits

/// Finds a price book by name or reads the user's own from a YAML or JSON file.
package enum PriceBookFile {
  /// The built-in book called `name`, or the file of that name when it ends in `.json`, `.yaml`
  /// or `.yml`; nil with findings when it cannot be used.
  package static func find(_ name: String, at location: SourceLocation?, _ findings: inout Findings)
    -> PriceBook?
  {
    isFile(name) ? read(path: name, &findings) : .named(name, at: location, &findings)
  }

  /// The book in the file at `path`. It may extend a built-in book, or a file beside it.
  package static func read(path: String, _ findings: inout Findings) -> PriceBook? {
    read(path: path, under: [], &findings)
  }

  /// Whether a book of this name is a file.
  package static func isFile(_ name: String) -> Bool {
    [".json", ".yaml", ".yml"].contains { name.hasSuffix($0) }
  }

  /// `under` are the files that extend this one.
  private static func read(path: String, under: [String], _ findings: inout Findings) -> PriceBook?
  {
    do throws(FindingsError) {
      let (node, bytes) = try YAMLReader.read(path: path)
      let chain = under + [path]
      // `./a.yaml`, `././a.yaml` and a link to it are one file.
      let files = Set(chain.compactMap(FileIdentity.init(path:)))
      let find: PriceBook.Finder = { name, location, findings in
        guard isFile(name) else { return .named(name, at: location, &findings) }
        let file = beside(path, name)
        guard FileIdentity(path: file).map({ !files.contains($0) }) ?? true else {
          findings.error(
            "circle", "the book extends itself: \((chain + [file]).joined(separator: " -> "))",
            help: "one of them must stand by itself", at: location)
          return nil
        }
        return read(path: file, under: chain, &findings)
      }
      return PriceBook(node, sha256: Digest.sha256(bytes), finder: find, &findings)
    } catch {
      findings.merge(error.findings)
      return nil
    }
  }

  /// `name` as it stands in the file at `path`.
  private static func beside(_ path: String, _ name: String) -> String {
    if name.hasPrefix("/") || !path.contains("/") { return name }
    return URL(literal: path).deletingLastPathComponent().relativePath + "/" + name
  }
}
