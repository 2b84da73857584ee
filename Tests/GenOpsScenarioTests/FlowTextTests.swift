import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsScenario

@Suite struct `YAML in flow style` {
  @Test func `reads as the value that was written`() throws {
    let value: JSONValue = [
      "kind": "startup", "name": "Nick's: [50 %], {x}", "amount": "50000.00", "from": "2026-11-01",
      "flag": true, "none": nil, "discount": "20%",
      "tiers": [["up_to": 1_000_000, "price": "0.00"], ["price": "-5", "\"q\"": "#no comment"]],
    ]
    let text = "a: \(FlowText.of(value))\n"
    let read = try YAMLReader.parse(Data(text.utf8), file: "f.yaml")["a"]
    // All scalars are texts here, so the plain ones come back without their types.
    #expect(
      try JSONValue(#require(read)).description.filter { $0 != "\"" && $0 != "\\" }
        == value.description.filter { $0 != "\"" && $0 != "\\" })
    #expect(text.contains("from: 2026-11-01") && text.contains("discount: 20%"))
  }
}
