import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsHistory

struct `Kinds of history` {
  @Test(arguments: HistorySources.registry.names)
  func `read their own example`(name: String) throws {
    let kind = try #require(HistorySources.registry[name])
    let found = UsageHistory.read(Array(kind.example.utf8), name: "example")
    let told = UsageHistory.read(Array(kind.example.utf8), name: "example", kind: name)
    #expect(found.total(of: .events)?.values.first == 2_100_000)
    #expect(told.total(of: .events)?.values.first == 2_100_000)
    #expect(found.findings.all.isEmpty && told.findings.all.isEmpty)
  }
}
