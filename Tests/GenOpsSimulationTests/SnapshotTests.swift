import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

/// A folder with a scenario and its own price book, for one test.
private final class SnapshotFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "genops-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
    try write("shop.yaml", SnapshotFolder.scenario)
    try write("own.json", SnapshotFolder.book)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
  }

  func change(_ name: String, _ old: String, _ new: String) throws {
    let file = URL(fileURLWithPath: "\(path)/\(name)")
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text.contains(old))
    try write(name, text.replacingOccurrences(of: old, with: new))
  }

  var scenario: String { "\(path)/shop.yaml" }
  var snapshot: String { "\(path)/__snapshots__/shop.json" }

  func update() async -> SnapshotOutcome {
    await SnapshotStore.update(
      .init(scenario: scenario, file: snapshot), paths: 40, jobs: 1)
  }

  func check() async -> SnapshotOutcome {
    await SnapshotChecker(scenario: scenario, snapshot: snapshot, jobs: 1).check()
  }

  static let scenario = """
    scenario: shop
    period: 2027-03 to 2027-04
    prices: own.json
    traffic:
      - web: {team: web, events: 2M per month, identified: 0%}
      - app: {team: app, events: 900k to 1100k per month, identified: 0%}
    growth:
      events: 2% to 6% per month
    budget: 500 USD per year
    options:
      - enforced: {governance: {mode: enforced}}

    """

  static let book = """
    {"id": "own", "currency": "USD", "source": "a contract", "retrieved": "2027-01-04",
     "rates": [
      {"meter": "events", "model": "graduated", "tiers": [
        {"up_to": 1000000, "price": "0"},
        {"up_to": 2000000, "price": "0.00005"},
        {"price": "0.0000343"}]},
      {"meter": "identified_events", "model": "per-unit", "price": "0"}]}
    """
}

@Suite("Snapshots")
struct SnapshotTests {
  @Test("what was taken holds, is small, and reads back as it was written")
  func holds() async throws {
    let folder = try SnapshotFolder()
    #expect(await folder.check().state == .missing)
    #expect(await folder.update().state == .written)
    #expect(await folder.update().state == .unchanged)
    let outcome = await folder.check()
    #expect(outcome.state == .passed && outcome.changes.isEmpty)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.snapshot))
    #expect(bytes.count < 8_000)
    let read = try Snapshot.read(path: folder.snapshot)
    #expect(Data(read.json.pretty.utf8) == bytes)
    #expect(read.quotes.contains { $0.units == 2_000_001 && $0.cost?.description == "50.0000343" })
  }

  @Test("one digit of one price: the tier, its place and the effect; the reason is the price")
  func price() async throws {
    let folder = try SnapshotFolder()
    #expect(await folder.update().state == .written)
    try folder.change("own.json", "0.0000343", "0.0000353")
    let outcome = await folder.check()
    #expect(outcome.state == .changed)
    let cause = try #require(outcome.causes.first)
    #expect(cause.reason == .price)
    #expect(cause.text == "own events tier 3 (2,000,001 and more): 0.0000343 -> 0.0000353")
    #expect(cause.place?.file == "\(folder.path)/own.json" && cause.place?.line == 6)
    let total = try #require(outcome.total)
    let (old, new) = (try #require(total.old), try #require(total.new))
    #expect(new > old && abs((cause.effect ?? 0) - (new - old)) < 0.02)
    #expect(outcome.changes.allSatisfy { $0.reasons == [.price] })
    #expect(outcome.changes.contains { $0.isQuote && $0.name == "own events 2,000,001" })
  }

  @Test("a growth rate: the volume, not the price")
  func volume() async throws {
    let folder = try SnapshotFolder()
    #expect(await folder.update().state == .written)
    try folder.change("shop.yaml", "2% to 6% per month", "12% to 16% per month")
    let outcome = await folder.check()
    let cause = try #require(outcome.causes.first)
    #expect(cause.reason == .volume && cause.place?.line == 8)
    #expect(
      cause.text == "volume: growth.events: 2% to 6% per month -> 12% to 16% per month")
    #expect(outcome.changes.allSatisfy { $0.reasons == [.volume] && !$0.isQuote })
  }

  @Test("both at once are told apart, and a smaller budget is the policy's doing")
  func together() async throws {
    let folder = try SnapshotFolder()
    #expect(await folder.update().state == .written)
    try folder.change("shop.yaml", "2% to 6% per month", "12% to 16% per month")
    try folder.change("own.json", "0.0000343", "0.0000353")
    let both = await folder.check()
    #expect(Set(both.causes.map(\.reason)) == [.price, .volume])
    #expect(both.total.map { Set($0.reasons) } == [.price, .volume])
    #expect(await folder.update().state == .written)
    try folder.change("shop.yaml", "500 USD", "150 USD")
    let policy = await folder.check()
    #expect(policy.causes.map(\.reason) == [.policy])
    #expect(policy.changes.allSatisfy { $0.reasons == [.policy] })
    #expect(policy.changes.contains { $0.name == "breach.probability(year)" })
    #expect(policy.total == nil)
  }

  @Test("a figure that moves although nothing was changed is the model's doing")
  func model() async throws {
    let folder = try SnapshotFolder()
    #expect(await folder.update().state == .written)
    var snapshot = try Snapshot.read(path: folder.snapshot)
    let index = try #require(snapshot.figures.firstIndex { $0.name == "cost.mean" })
    snapshot.figures[index].value *= 1.5
    try folder.write("__snapshots__/shop.json", snapshot.json.pretty)
    let outcome = await folder.check()
    #expect(outcome.causes.map(\.reason) == [.model])
    #expect(outcome.total?.reasons == [.model])
  }

  @Test("a tolerance in the snapshot is held to")
  func tolerance() async throws {
    let folder = try SnapshotFolder()
    #expect(await folder.update().state == .written)
    try folder.change("__snapshots__/shop.json", "\"cost\": 0.001", "\"cost\": 0.5")
    try folder.change("__snapshots__/shop.json", "\"probability\": 0.01", "\"probability\": 1")
    try folder.change("__snapshots__/shop.json", "\"count\": 0.001", "\"count\": 1e9")
    try folder.change("shop.yaml", "2% to 6% per month", "3% to 7% per month")
    #expect(await folder.check().state == .passed)
    #expect(await folder.update().state == .written)
    #expect(try Snapshot.read(path: folder.snapshot).tolerance.cost == 0.5)
  }

  @Test("a snapshot nobody uses, and one that cannot be read")
  func unusedAndBroken() async throws {
    let folder = try SnapshotFolder()
    #expect(await folder.update().state == .written)
    try folder.write("__snapshots__/gone.json", "{}")
    let entries = try SnapshotStore.entries([folder.path])
    #expect(entries.map(\.isUnused) == [false, true])
    try folder.write("__snapshots__/shop.json", "{\"schemaVersion\": 1, \"paths\": 40}")
    let outcome = await folder.check()
    #expect(outcome.state == .broken)
    #expect(outcome.findings.all.map(\.code) == ["snapshot-format"])
    #expect(await SnapshotStore.update(entries[1], paths: nil, jobs: 1).state == .removed)
    #expect(!FileManager.default.fileExists(atPath: entries[1].file))
  }
}
