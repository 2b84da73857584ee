import Foundation
import GenOpsCosting
import GenOpsMetering
import GenOpsNumerics
import GenOpsScenario
import GenOpsUnits

/// Runs scenarios for snapshots.
struct SnapshotTaker {
  /// The scenario's file as the user named it.
  let path: String
  let jobs: Int

  /// What the scenario says now.
  func take(
    _ source: Source, paths: Int, tolerance: Snapshot.Tolerance, _ files: inout FilesRead
  ) async throws(FindingsError) -> Snapshot {
    let text = source.text
    let run = try await self.run(source.node, paths: paths, prices: nil, &files)
    let scenario = run.plan.scenario
    let folder = URL(literal: path).deletingLastPathComponent().relativePath + "/"
    let used = SnapshotTaker.meters(run.plan)
    return Snapshot(
      paths: paths, tolerance: tolerance, version: ScenarioRun.version,
      mathFingerprint: run.result.provenance.mathFingerprint, currency: run.result.currency,
      data: (scenario.historyFiles + scenario.billFiles).map { file in
        let name =
          file.path.hasPrefix(folder) ? String(file.path.dropFirst(folder.count)) : file.path
        return (name, SnapshotTaker.digest(of: file.path))
      },
      text: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init),
      prices: SnapshotTaker.reduced(scenario.prices, to: used, scenario.addOns),
      quotes: SnapshotTaker.quotes(scenario.prices, used),
      figures: SnapshotTaker.figures(run))
  }

  /// The scenario as a tree, and as the text that gives the tree again: the file's own, or where it
  /// extends others all of them as one.
  struct Source {
    var node: Node
    var text: String
  }

  /// Reads the scenario's file, and those it extends.
  func source() throws(FindingsError) -> Source {
    let (node, bytes) = try YAMLReader.read(path: path)
    if node["extends"] == nil {
      return Source(node: node, text: String(decoding: bytes, as: UTF8.self))
    }
    let whole = try ScenarioSource.load(path: path).root
    return Source(node: whole, text: JSONValue(whole).pretty)
  }

  /// The figures of the scenario in `node`, under other prices where they are given.
  func figures(_ node: Node, paths: Int, prices: PriceSchedule?, _ files: inout FilesRead)
    async throws(FindingsError) -> [Snapshot.Figure]
  {
    SnapshotTaker.figures(try await run(node, paths: paths, prices: prices, &files))
  }

  private func run(
    _ node: Node, paths: Int, prices: PriceSchedule?, _ files: inout FilesRead
  ) async throws(FindingsError) -> ScenarioRun {
    var notes = Findings()
    let filled = DataColumns.filled(node, &notes)
    try notes.throwIfErrors()
    let (scenario, findings) = ScenarioReader.read(
      filled, bytes: Data(), file: path, overrides: .init(paths: paths, prices: prices))
    guard var scenario else { throw FindingsError(findings: findings) }
    // An exact run of many items takes hours; its bins say the same of every figure here.
    scenario.grain = .binned
    let plan = try Planner.plan(scenario, files.files(of: scenario), findings)
    let simulation = try await Simulation.run(
      plan, jobs: jobs, studiesFaults: false, onProgress: { _ in })
    let (result, summaries) = ResultBuilder(simulation).build(version: ScenarioRun.version)
    return ScenarioRun(result: result, summaries: summaries, plan: plan)
  }

  /// The digest of a file, which may be a recording of gigabytes; of nothing where it cannot be read.
  private static func digest(of path: String) -> String {
    var digest = SHA256Digest()
    if let file = try? FileBytes.opened(path) {
      defer { close(file) }
      while let piece = try? FileBytes.piece(of: file) { digest.add(piece) }
    }
    return Digest.hex(digest.value)
  }

  /// The meters that the scenario uses, under any option.
  private static func meters(_ plan: Plan) -> [Meter] {
    Meter.allCases.filter { meter in
      plan.options.contains { $0.uses(meter) }
    }
  }

  /// The books with what the scenario uses of them: a snapshot is kept small.
  private static func reduced(
    _ prices: PriceSchedule, to meters: [Meter], _ addOns: Set<String>
  ) -> PriceSchedule {
    func reduced(_ book: PriceBook) -> PriceBook {
      var book = book
      book.rates = book.rates.filter { rate in
        meters.contains(rate.meter) && (!rate.isOptIn || addOns.contains(rate.product))
      }
      book.addOns = book.addOns.filter { addOns.contains($0.id) }
      return book
    }
    return PriceSchedule(
      reduced(prices.first), start: prices.start,
      changes: prices.changes.map { change in
        .init(from: change.from, book: reduced(change.book), location: change.location)
      })
  }

  private static func quotes(_ prices: PriceSchedule, _ meters: [Meter]) -> [Snapshot.Quote] {
    prices.books.flatMap { book in
      meters.flatMap { meter -> [Snapshot.Quote] in
        guard let table = book.rate(of: meter)?.table else { return [] }
        return table.probes.map {
          Snapshot.Quote(book: book.id, meter: meter.id, units: $0.units, cost: $0.cost)
        }
      }
    }
  }

  private static func figures(_ run: ScenarioRun) -> [Snapshot.Figure] {
    var figures: [Snapshot.Figure] = []
    for (index, option) in run.summaries.enumerated() {
      func add(_ metric: String, _ unit: Snapshot.Figure.Unit, _ value: Double) {
        figures.append(.init(option: option.name, metric: metric, unit: unit, value: value))
      }
      add("cost.mean", .money, option.cost.mean)
      if index == 0 { add("cost.p10", .money, option.cost.p10) }
      add("cost.p90", .money, option.cost.p90)
      for budget in option.budgets {
        add("breach.probability(\(budget.name))", .probability, budget.breachProbability)
      }
      add("lost.refused", .count, option.lost.refused)
      add("lost.sampled", .count, option.lost.sampled)
      add("lost.critical", .count, option.lost.critical)
      guard index == 0 else { continue }
      for (month, cost) in option.months { add("cost.mean(\(month))", .money, cost.mean) }
      for owner in run.result.attribution {
        let name = Attribution.dimensions.compactMap { key in
          owner.attribution[key].map { "\(key)=\($0)" }
        }
        add("cost.mean(\(name.joined(separator: ",")))", .money, owner.cost.mean)
      }
    }
    return figures
  }
}
