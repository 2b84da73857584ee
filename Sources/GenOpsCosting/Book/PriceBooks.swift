public import GenOpsUnits

/// The price books that come with the program.
public enum PriceBooks {
  /// The book that is used when none is named.
  public static let defaultName = "posthog-2026-08"

  /// All books, the newest of PostHog first.
  ///
  /// A built-in file with an error would be missing here; a test reads every one of them.
  public static let builtIn = Registry<PriceBook>(
    "price book",
    [
      entry(PackageResources.posthog_2026_08_json, "posthog-2026-08"),
      entry(PackageResources.posthog_2024_07_json, "posthog-2024-07"),
      entry(PackageResources.posthog_2023_11_json, "posthog-2023-11"),
      entry(PackageResources.posthog_2023_05_json, "posthog-2023-05"),
      entry(PackageResources.posthog_2021_json, "posthog-2021"),
      entry(PackageResources.genops_guide_json, "genops-guide"),
    ].compactMap { $0 })

  /// The book of PostHog that holds on the date in a name such as `posthog-2027`: the newest of a year or
  /// of a month, else the last before it. Nil where a name has no date, or one before the first book. The
  /// letters alone would take `posthog-2027` for a book of 2021.
  static func inForce(_ name: String) -> String? {
    let name = name.lowercased()
    guard name.hasPrefix("posthog-2"), name.utf8.count <= "posthog-2027-01-01".utf8.count else {
      return nil
    }
    // Dates that are written so are in order as texts, and the newest book comes first.
    let books = builtIn.names.filter { $0.hasPrefix("posthog-") }
    return books.first { $0.hasPrefix(name) } ?? books.first { $0 <= name }
  }

  private static func entry(_ bytes: [UInt8], _ name: String) -> Registry<PriceBook>.Entry? {
    var findings = Findings()
    let file = "Sources/GenOpsCosting/Books/\(name).json"
    // A built-in book stands by itself: a search in the registry that is being made would never
    // end.
    let book = try? PriceBook(json: bytes, file: file, finder: { _, _, _ in nil }, &findings)
    guard let book else { return nil }
    return .init(name: book.id, summary: book.title, kind: book)
  }
}

extension PriceBook {
  /// The built-in book called `name`, or nil with a finding that says which there are.
  public static func named(
    _ name: String, at place: SourceLocation? = nil, _ findings: inout Findings
  ) -> PriceBook? {
    if PriceBooks.builtIn[name] == nil, let book = PriceBooks.inForce(name) {
      findings.error(
        "unknown-kind", "there is no price book called '\(name)'", help: "did you mean '\(book)'?",
        at: place)
      return nil
    }
    return PriceBooks.builtIn.find(name, at: place, &findings)
  }

  /// The book of ``PriceBooks/defaultName``.
  public static let standard = PriceBooks.builtIn[PriceBooks.defaultName] ?? unpriced

  /// A book that knows no price at all: with it everything is unknown, nothing is free.
  public static let unpriced = PriceBook(
    id: "unpriced", title: "No prices", currency: "USD", source: "none",
    retrieved: CalendarDay(number: 0), rates: [])
}
