package import GenOpsCosting
package import GenOpsUnits

/// Finds a price book by name or reads the user's own from a YAML or JSON file.
package enum PriceBookFile {
  /// The built-in book called `name`, or the file of that name when it ends in `.json`, `.yaml`
  /// or `.yml`; nil with findings when it cannot be used.
  package static func find(_ name: String, at location: SourceLocation?, _ findings: inout Findings)
    -> PriceBook?
  {
    let isFile = [".json", ".yaml", ".yml"].contains { name.hasSuffix($0) }
    return isFile ? read(path: name, &findings) : .named(name, at: location, &findings)
  }

  /// The book in the file at `path`.
  package static func read(path: String, _ findings: inout Findings) -> PriceBook? {
    do throws(FindingsError) {
      let (node, bytes) = try YAMLReader.read(path: path)
      return PriceBook(node, sha256: Digest.sha256(bytes), &findings)
    } catch {
      findings.merge(error.findings)
      return nil
    }
  }
}
