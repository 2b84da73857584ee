import GenOpsCosting
import Testing

@Suite("Cost cases")
struct CostCases {
  @Test("usage costs what the case files say", arguments: CostCase.all)
  func cost(_ item: CostCase) {
    #expect(item.holds, "got \(item.outcome())")
  }

  @Test("the case files are found, with all 85 figures of the guide")
  func count() {
    #expect(CostCase.all.filter { $0.book == "genops-guide" }.count == 85)
    #expect(CostCase.all.filter { $0.book == "posthog-2026-08" }.count >= 70)
  }
}
