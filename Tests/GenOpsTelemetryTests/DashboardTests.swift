import Foundation
import Testing

@testable import GenOpsTelemetry
import GenOpsPostHog

/// The dashboard under `deploy/grafana` asks for what the exporter writes, and for nothing else.
@Suite("The dashboard")
struct DashboardTests {
  private struct Board: Decodable {
    struct Panel: Decodable {
      struct Place: Decodable { var x, y, w, h: Int }
      struct Target: Decodable { var expr: String }
      var id: Int
      var title: String
      var gridPos: Place
      var targets: [Target]
    }
    struct Templating: Decodable {
      struct Variable: Decodable {
        var name: String
        var type: String
        var query: String
      }
      var list: [Variable]
    }
    var panels: [Panel]
    var templating: Templating
  }

  private let board: Board

  init() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    board = try JSONDecoder().decode(
      Board.self,
      from: Data(contentsOf: root.appendingPathComponent("deploy/grafana/genops-posthog.json")))
  }

  private var queries: [String] {
    board.panels.flatMap { $0.targets.map(\.expr) }
      + board.templating.list.filter { $0.type == "query" }.map(\.query)
  }

  @Test("names every metric of the exporter, and no other")
  func metrics() throws {
    let asked = Set(
      queries.flatMap { query in
        query.matches(of: /\b(?:posthog|genops)_[a-z_]+/).map { String($0.output) }
      })
    #expect(asked == Set(try sampleAdapter().metrics().map(\.name)))
  }

  @Test("groups and filters by labels that its metrics have")
  func labels() throws {
    let samples = try sampleAdapter().metrics()
    for query in queries {
      let names = query.matches(of: /\b(?:posthog|genops)_[a-z_]+/).map { String($0.output) }
      let known = samples.filter { names.contains($0.name) }.map { $0.labels.map(\.name) }
      var used = query.matches(of: /by \(([a-z_, ]+)\)/).flatMap {
        $0.output.1.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      }
      used += query.matches(of: /[{,]([a-z_]+)=~?"/).map { String($0.output.1) }
      for label in used {
        #expect(known.allSatisfy { $0.contains(label) }, "\(label) in \(query)")
      }
    }
  }

  @Test("has panels with titles that do not lie over each other")
  func layout() {
    #expect(Set(board.panels.map(\.id)).count == board.panels.count)
    var taken: Set<[Int]> = []
    for panel in board.panels {
      #expect(!panel.title.isEmpty && !panel.targets.isEmpty)
      let place = panel.gridPos
      #expect(place.x + place.w <= 24)
      for x in place.x..<place.x + place.w {
        for y in place.y..<place.y + place.h {
          #expect(taken.insert([x, y]).inserted, "\(panel.title)")
        }
      }
    }
  }
}
