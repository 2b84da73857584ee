import Foundation
import GenOpsCosting
import GenOpsGovernance
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits

/// Files, prices, add-ons, attribution and rules.
extension ScenarioReader {
  mutating func readGovernance(budget: Node?, _ node: Node?, _ context: LeverContext)
    -> GovernancePlan
  {
    var policies: [any Policy] = []
    let budget = budget.map { inFigures($0) }
    let node = node.map { inFigures($0) }
    if let budget {
      for item in budget.sequence ?? [budget] {
        guard var policy = BudgetPolicy(item, &findings) else { continue }
        if item["fiscal_start"] == nil { policy.budget.fiscalStart = context.fiscalStart }
        policies.append(policy)
      }
    }
    let own = node.flatMap { readGovernanceKeys($0, context, &findings) }
    for case let policy as PostHogLimitPolicy in own?.policies ?? [] {
      stated.limits.formUnion(policy.lifted.union(policy.limits.map(\.meter)))
    }
    stated.budgets = BudgetPolicy.locations(policies + (own?.policies ?? []))
    let plan = GovernancePlan(
      mode: own?.mode ?? .advisory, policies: policies + (own?.policies ?? []), &findings)
    let foreign =
      plan.budgets.map(\.currency) + plan.postHogLimits.compactMap(\.currency)
    for currency in Set(foreign).sorted() where currency != context.currency {
      findings.error(
        "two-currencies",
        "a budget or limit is in \(currency), the price book in \(context.currency); nothing is "
          + "converted", help: "write amounts in \(context.currency)",
        at: (budget ?? node)?.location)
    }
    return plan
  }

  mutating func readFiles(_ node: Node) -> [Scenario.FileReference] {
    let nodes = node.sequence ?? [node]
    let references = nodes.flatMap { item -> [Scenario.FileReference] in
      guard let text = item.text, !text.isEmpty else {
        wrongType(item, "a file name", "history: billing/usage.csv")
        return []
      }
      let path = FilePath.resolve(text, writtenAt: item.location)
      return files(at: path, item.location).map {
        Scenario.FileReference(path: $0, location: item.location)
      }
    }
    named += references
    return references
  }

  /// The named files that are not there. A scenario with other errors is not planned, so that only
  /// here they are found together with those.
  mutating func noteMissingFiles() {
    for file in named where !FileManager.default.fileExists(atPath: file.path) {
      findings.add(
        FileBytes.missing(file.path, near: FileBytes.nearest(to: file.path), at: file.location))
    }
  }

  /// The file at `path`, or the files of a folder that lies there, or those that a pattern stands for.
  private mutating func files(at path: String, _ location: SourceLocation) -> [String] {
    do throws(FindingsError) {
      guard let inside = try FolderFiles.inside(path) else { return [path] }
      if (1...ScenarioReader.mostFiles).contains(inside.count) { return inside }
      findings.error(
        inside.isEmpty ? "empty" : "too-large",
        inside.isEmpty
          ? FolderFiles.isPattern(path)
            ? "no file is called like '\(path)'" : "the folder '\(path)' holds no file"
          : "'\(path)' stands for \(inside.count) files; at most \(ScenarioReader.mostFiles) are read",
        help: "name the files in it", at: location)
    } catch {
      for var finding in error.findings.all {
        finding.location = location
        findings.add(finding)
      }
    }
    return []
  }

  /// `terms:` of the account, written as a price book writes its own.
  mutating func readTerms(_ node: Node, currency: String, _ prices: PriceSchedule?)
    -> BillingTerms?
  {
    guard let terms = BillingTerms(node, currency: currency, &findings) else { return nil }
    if let book = prices?.books.first(where: { !$0.terms.isEmpty }), book.terms != terms {
      findings.warning(
        "terms-twice", "the scenario's terms stand in place of those of \(book.id)",
        help: "keep one of the two", at: node.location)
    }
    return terms
  }

  /// A book that stands in the scenario itself: what it does not say is taken from the one it extends.
  private mutating func readInlineBook(_ node: Node) -> PriceBook? {
    var entries = node.mapping ?? []
    func add(_ key: String, _ text: String) {
      guard node[key] == nil else { return }
      entries.append(
        .init(
          key: key, keyLocation: node.location,
          value: Node(.scalar(text: text, quoted: true), at: node.location)))
    }
    let base = node["extends"]?.text ?? PriceBook.standard.id
    add("extends", base)
    let below =
      PriceBookFile.isFile(base)
      ? PriceBookFile.read(path: FilePath.resolve(base, writtenAt: node.location), &findings)
      : .named(base, at: node["extends"]?.location, &findings)
    guard let below else { return nil }
    add("id", "\(below.id)-own")
    add("source", "the scenario \(file)")
    add("retrieved", below.retrieved.description)
    let whole = Node(.mapping(entries), at: node.location)
    let digest = Digest.sha256(Array(JSONValue(whole).pretty.utf8))
    return PriceBook(whole, sha256: digest, finder: { _, _, _ in below }, &findings)
  }

  mutating func readBook(_ node: Node) -> PriceBook? {
    if node.mapping != nil { return readInlineBook(node) }
    guard let name = node.text else {
      wrongType(node, "the price book", "prices: \(PriceBook.standard.id)")
      return nil
    }
    if PriceBookFile.isFile(name) {
      guard let reference = readFiles(node).first else { return nil }
      return PriceBookFile.read(path: reference.path, &findings)
    }
    return PriceBook.named(name, at: node.location, &findings)
  }

  /// `isOwn` is false where `book` stands in place of the scenario's own prices: an add-on that it does not have is
  /// then no mistake of the scenario, and its fee is not in the cost.
  mutating func readAddOns(_ node: Node, book: PriceBook?, isOwn: Bool) -> Set<String> {
    guard let items = node.sequence else {
      wrongType(node, "the list of add-ons", "add_ons: [boost]")
      return []
    }
    var names: Set<String> = []
    for item in items {
      guard let text = item.text else {
        wrongType(item, "an add-on", "add_ons: [boost]")
        continue
      }
      if let book, !book.canChoose(text), !isOwn {
        findings.warning(
          "unknown-add-on",
          "\(book.id) has no add-on '\(text)'; its fee is not in the cost with \(book.id)",
          help: "use a book that has it", at: item.location)
      } else if let book, !book.canChoose(text) {
        let near = nearestName(to: text, among: book.addOnNames)
        findings.error(
          "unknown-add-on", "the book \(book.id) has no add-on '\(text)'",
          help: near.map { "did you mean '\($0)'?" }
            ?? "known: \(book.addOnNames.joined(separator: ", "))", at: item.location)
      }
      names.insert(text)
    }
    return names
  }

  mutating func readAttribution(from keys: inout MappingReader) -> Attribution {
    var attribution = Attribution.none
    for dimension in Attribution.dimensions {
      guard let node = keys.take(dimension) else { continue }
      if let text = node.text {
        attribution[dimension] = text
      } else {
        wrongType(node, "the \(dimension)", "\(dimension): growth")
      }
    }
    return attribution
  }
}
