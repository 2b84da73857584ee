import Foundation
import GenOpsCosting
import GenOpsMetering
import GenOpsScenario
import GenOpsUnits

/// Looks whether a scenario still says what its snapshot says, and if not, why.
package struct SnapshotChecker {
  let taker: SnapshotTaker
  let path: String
  let file: String

  package init(scenario path: String, snapshot file: String, jobs: Int) {
    self.path = path
    self.file = file
    taker = SnapshotTaker(path: path, jobs: jobs)
  }

  /// Compares, and explains what differs by running the scenario with one part held as it was.
  package func check() async -> SnapshotOutcome {
    var outcome = SnapshotOutcome(scenario: path, file: file, state: .passed)
    guard FileManager.default.fileExists(atPath: file) else {
      outcome.state = .missing
      return outcome
    }
    do throws(FindingsError) {
      let old = try Snapshot.read(path: file)
      // Read once, however many runs it takes to find the cause.
      let source = try taker.source()
      var files = FilesRead()
      let new = try await taker.take(
        source, paths: old.paths, tolerance: old.tolerance, &files)
      outcome.currency = new.currency
      outcome.changes = changes(old, new)
      if outcome.changes.isEmpty { return outcome }
      outcome.state = .changed
      try await explain(&outcome, old, new, source.node, &files)
    } catch {
      outcome.state = .broken
      outcome.findings = error.findings
    }
    return outcome
  }

  /// Every figure and quote beyond the tolerance, new ones and missing ones too.
  private func changes(_ old: Snapshot, _ new: Snapshot) -> [SnapshotOutcome.Change] {
    var changes: [SnapshotOutcome.Change] = []
    for figure in new.figures {
      let before = old.figures.first { $0.name == figure.name }
      if let before, old.tolerance.allows(before.value, figure.value, figure.unit) { continue }
      changes.append(
        .init(
          name: figure.name, unit: figure.unit, isQuote: false, old: before?.value,
          new: figure.value, reasons: []))
    }
    for figure in old.figures where !new.figures.contains(where: { $0.name == figure.name }) {
      changes.append(
        .init(
          name: figure.name, unit: figure.unit, isQuote: false, old: figure.value, new: nil,
          reasons: []))
    }
    for quote in new.quotes {
      let before = old.quotes.first { $0.name == quote.name }
      if let before, before.cost == quote.cost { continue }
      changes.append(
        .init(
          name: quote.name, unit: .money, isQuote: true, old: before?.cost?.approximate,
          new: quote.cost?.approximate, reasons: [.price]))
    }
    for quote in old.quotes where !new.quotes.contains(where: { $0.name == quote.name }) {
      changes.append(
        .init(
          name: quote.name, unit: .money, isQuote: true, old: quote.cost?.approximate, new: nil,
          reasons: [.price]))
    }
    return changes
  }

  // MARK: Why

  private func explain(
    _ outcome: inout SnapshotOutcome, _ old: Snapshot, _ new: Snapshot, _ node: Node,
    _ files: inout FilesRead
  ) async throws(FindingsError) {
    let before = try YAMLReader.parse(Data(old.text.joined(separator: "\n").utf8), file: path)
    var held: [(reason: SnapshotOutcome.Reason, figures: [String: Double])] = []
    let pieces = NodeChange.between(before, node)
    func changed(_ part: ScenarioPart) -> [NodeChange] {
      pieces.filter { ScenarioPart(key: String($0.path.prefix { $0 != "." })) == part }
    }
    let prices = priceCauses(old, new) + changed(.price).map { cause(.price, $0) }
    let volume = changed(.volume).map { cause(.volume, $0) } + dataCauses(old, new)
    let policy = changed(.policy).map { cause(.policy, $0) }
    var causes = prices + volume + policy + changed(.model).map { cause(.model, $0) }
    if !prices.isEmpty {
      let figures = await rerun(
        ScenarioPart.price.held(in: node, from: before), old, oldPrices(old, under: node), &files)
      if let figures { held.append((.price, figures)) }
    }
    for (part, reason, found) in [
      (ScenarioPart.volume, SnapshotOutcome.Reason.volume, volume), (.policy, .policy, policy),
    ] where !found.isEmpty {
      if let figures = await rerun(part.held(in: node, from: before), old, nil, &files) {
        held.append((reason, figures))
      }
    }
    let rest = await remainder(
      old, before, oldPrices(old, under: node), hasData: !dataCauses(old, new).isEmpty, &files)
    if rest.isModel, !causes.contains(where: { $0.reason == .model }) {
      causes.append(modelCause(old, new))
    }
    let now = values(new)
    for index in outcome.changes.indices where !outcome.changes[index].isQuote {
      outcome.changes[index].reasons = reasons(
        outcome.changes[index], old, now, held, rest, all: causes.map(\.reason))
    }
    for index in causes.indices {
      let others = causes.filter { $0.reason == causes[index].reason }
      if others.count == 1
        || index == causes.firstIndex(where: { $0.reason == causes[index].reason })
      {
        causes[index].effect = held.first { $0.reason == causes[index].reason }.flatMap { run in
          now["cost.mean"].flatMap { all in run.figures["cost.mean"].map { all - $0 } }
        }
      }
    }
    // What moves the cost most is said first.
    outcome.causes = causes.enumerated().sorted { a, b in
      let (first, second) = (abs(a.element.effect ?? 0), abs(b.element.effect ?? 0))
      return (second, a.offset) < (first, b.offset)
    }.map(\.element)
  }

  /// The figures of a run with something held; nil where what is held does not fit the rest.
  private func rerun(
    _ node: Node, _ old: Snapshot, _ prices: PriceSchedule?, _ files: inout FilesRead
  ) async -> [String: Double]? {
    do throws(FindingsError) {
      let figures = try await taker.figures(node, paths: old.paths, prices: prices, &files)
      return Dictionary(figures.map { ($0.name, $0.value) }) { first, _ in first }
    } catch { return nil }
  }

  private func values(_ snapshot: Snapshot) -> [String: Double] {
    Dictionary(snapshot.figures.map { ($0.name, $0.value) }) { first, _ in first }
  }

  /// What is left when the old scenario runs under the old prices: the data's doing where it
  /// changed, else the program's.
  private func remainder(
    _ old: Snapshot, _ before: Node, _ prices: PriceSchedule?, hasData: Bool,
    _ files: inout FilesRead
  ) async -> (figures: [String: Double]?, isModel: Bool) {
    guard let figures = await rerun(before, old, prices, &files) else { return (nil, false) }
    let isSame = old.figures.allSatisfy { figure in
      figures[figure.name].map { old.tolerance.allows(figure.value, $0, figure.unit) } ?? false
    }
    return (figures, !isSame && !hasData)
  }

  private func reasons(
    _ change: SnapshotOutcome.Change, _ old: Snapshot, _ now: [String: Double],
    _ held: [(reason: SnapshotOutcome.Reason, figures: [String: Double])],
    _ rest: (figures: [String: Double]?, isModel: Bool), all: [SnapshotOutcome.Reason]
  ) -> [SnapshotOutcome.Reason] {
    var parts: [(reason: SnapshotOutcome.Reason, size: Double)] = []
    guard let new = change.new, let before = change.old else {
      // A figure that is new or gone came with an option, a budget, a month.
      return Array(Set(all)).sorted { $0.rawValue < $1.rawValue }.filter { $0 != .model }
    }
    for run in held {
      guard let value = run.figures[change.name] else { continue }
      if !old.tolerance.allows(value, new, change.unit) {
        parts.append((run.reason, abs(new - value)))
      }
    }
    if let value = rest.figures?[change.name], !old.tolerance.allows(before, value, change.unit) {
      parts.append((rest.isModel ? .model : .volume, abs(value - before)))
    }
    var seen: Set<SnapshotOutcome.Reason> = []
    let found = parts.sorted { $0.size > $1.size }.map(\.reason).filter { seen.insert($0).inserted }
    // Where no part alone moves it beyond the tolerance, all of them together did.
    return found.isEmpty ? SnapshotOutcome.Reason.allCases.filter { all.contains($0) } : found
  }
}
