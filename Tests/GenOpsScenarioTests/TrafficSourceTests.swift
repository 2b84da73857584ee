import GenOpsHistory
import GenOpsIngestion
import GenOpsUnits
import Testing

@testable import GenOpsScenario

struct `Traffic sources` {
  @Test func `have names in kebab-case, one each, and say what they are`() {
    let entries =
      HistorySources.registry.entries.map { ($0.name, $0.summary, $0.kind.example) }
      + EventSources.registry.entries.map { ($0.name, $0.summary, $0.kind.example) }
      + TrafficModels.registry.entries.map { ($0.name, $0.summary, $0.kind.example) }
    #expect(Set(entries.map(\.0)).count == entries.count)
    for (name, summary, example) in entries {
      #expect(name.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" })
      #expect(!summary.isEmpty && summary.count < 80 && !example.isEmpty)
    }
  }
}
