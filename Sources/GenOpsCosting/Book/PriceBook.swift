public import GenOpsMetering
public import GenOpsUnits

/// What everything costs from one day on: the dated price list that quotes and bills are made with.
///
/// A meter without a rate has an *unknown* price, which is never taken for nothing.
public struct PriceBook: Sendable, Hashable {
  /// The name in files: `posthog-2026-08`.
  public var id: String
  /// One line for people.
  public var title: String
  /// ISO 4217, such as `USD`. All prices of a book are in it.
  public var currency: String
  /// Where the prices were read.
  public var source: String
  /// The day they were read; the age of a book counts from here.
  public var retrieved: CalendarDay
  /// The first day on which they hold, when it is known.
  public var effectiveFrom: CalendarDay?
  /// The last day on which they hold; nil for a book still in force.
  public var effectiveTo: CalendarDay?
  /// What a reader of these prices should know.
  public var note: String?
  /// What this book does not know, one sentence each.
  public var unknown: [String]
  /// At most one per meter.
  public var rates: [Rate]
  public var addOns: [AddOn]
  /// Discounts, minimum, commitment and credits of a contract.
  public var terms: BillingTerms
  /// SHA-256 of the file's bytes, 64 hex digits; empty for a book made in memory.
  public var sha256: String

  /// A book as it is; nothing is checked here.
  public init(
    id: String, title: String, currency: String, source: String, retrieved: CalendarDay,
    effectiveFrom: CalendarDay? = nil, effectiveTo: CalendarDay? = nil, note: String? = nil,
    unknown: [String] = [], rates: [Rate], addOns: [AddOn] = [], terms: BillingTerms = .none,
    sha256: String = ""
  ) {
    self.id = id
    self.title = title
    self.currency = currency
    self.source = source
    self.retrieved = retrieved
    self.effectiveFrom = effectiveFrom
    self.effectiveTo = effectiveTo
    self.note = note
    self.unknown = unknown
    self.rates = rates
    self.addOns = addOns
    self.terms = terms
    self.sha256 = sha256
  }

  /// The rate of `meter`; nil when its price is unknown.
  public func rate(of meter: Meter) -> Rate? { rates.first { $0.meter == meter } }

  /// Days from ``retrieved`` to `day`; negative when `day` is earlier.
  public func age(on day: CalendarDay) -> Int { retrieved.distance(to: day) }

  /// The age from which prices are suspected to have changed.
  public static let staleAfterDays = 180

  /// A warning when the book is older than ``staleAfterDays`` on `day`; nil otherwise.
  public func staleness(on day: CalendarDay) -> Finding? {
    let age = age(on: day)
    guard age > PriceBook.staleAfterDays else { return nil }
    return Finding(
      .warning, "stale-prices", "the prices of \(id) are \(age) days old, read on \(retrieved)",
      help: "compare them with the price page and add a book if they changed")
  }

  /// A warning when the prices do not hold on some of the days from `start` to the day before `end`; nil otherwise.
  public func reach(from start: CalendarDay, to end: CalendarDay) -> Finding? {
    let about =
      effectiveFrom.flatMap { $0 > start ? "begins on \($0), after \(start)" : nil }
      ?? effectiveTo.flatMap { $0 < end.advanced(by: -1) ? "held until \($0)" : nil }
    return about.map {
      Finding(
        .warning, "book-out-of-reach",
        "\(id) \($0): days that it does not reach are priced with it all the same",
        help: "name the book of those days: prices: [{book: OLD}, {from: 2026-07-22, book: NEW}]; "
          + "'genops prices list' has them")
    }
  }

  /// The names that can be chosen: flat add-ons and opt-in products.
  public var addOnNames: [String] {
    addOns.map(\.id) + rates.filter(\.isOptIn).map(\.product)
  }

  /// Whether an account may choose `name`: an add-on, or what this book bills without its being chosen, as
  /// the book of an account does with what it subscribes to.
  public func canChoose(_ name: String) -> Bool {
    addOnNames.contains(name) || rates.contains { $0.product == name }
  }

  /// The add-on that `name` means: a flat add-on by id or invoice name, or an opt-in product by
  /// product key or meter. Nil with a finding when there is none.
  public func addOn(named name: String, at place: SourceLocation? = nil, _ findings: inout Findings)
    -> String?
  {
    let key = name.lowercased()
    if let flat = addOns.first(where: { $0.id == key || $0.name.lowercased() == key }) {
      return flat.id
    }
    if let meter = Meter(named: name), let rate = rate(of: meter) {
      if rate.isOptIn { return rate.product }
      findings.error(
        "unknown-add-on", "'\(name)' is not an add-on in \(id); it is billed without being chosen",
        help: "leave it out", at: place)
      return nil
    }
    findings.error(
      "unknown-add-on", "\(id) has no add-on called '\(name)'",
      help: nearestName(to: name, among: addOnNames).map { "did you mean '\($0)'?" }
        ?? (addOnNames.isEmpty
          ? "this book has no add-ons" : "known: \(addOnNames.joined(separator: ", "))"),
      at: place)
    return nil
  }
}
