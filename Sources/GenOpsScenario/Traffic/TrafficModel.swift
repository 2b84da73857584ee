package import GenOpsUnits

/// A way to make up usage that no file holds.
package protocol TrafficModel: Named {
  /// The lines that a scenario needs: shown by `genops kinds`.
  static var example: String { get }
}

/// The ways to make up usage. A new one is a file with a type that conforms, and a line here.
package enum TrafficModels {
  package static let registry = Registry<any TrafficModel.Type>(
    "kind of traffic",
    [
      entry(TrafficStream.self)
    ])

  private static func entry(_ kind: any TrafficModel.Type) -> Registry<any TrafficModel.Type>.Entry
  {
    .init(name: kind.name, summary: kind.summary, kind: kind)
  }
}
