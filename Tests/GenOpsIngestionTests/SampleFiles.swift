import Foundation
import Testing

/// The files the tests read: this target's samples and the scenarios of the repository.
enum SampleFiles {
  static func bytes(_ path: String) throws -> [UInt8] {
    let directory = try #require(Bundle.module.resourceURL).appendingPathComponent("Samples")
    return try Array(Data(contentsOf: directory.appendingPathComponent(path)))
  }

  static func lines(_ path: String) throws -> [String] {
    String(decoding: try bytes(path), as: UTF8.self).split(separator: "\n").map(String.init)
      .filter { !$0.hasPrefix("#") }
  }

  static func scenarioPath(_ path: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("scenarios/\(path)").path
  }

  static func scenario(_ path: String) throws -> [UInt8] {
    try Array(Data(contentsOf: URL(fileURLWithPath: scenarioPath(path))))
  }
}

/// A small generator for damage that is the same in every run (Knuth's MMIX constants).
struct Damage {
  var state: UInt64

  mutating func next(below bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(max(1, bound)))
  }

  /// `bytes` cut off somewhere or with one to three bits flipped.
  mutating func applied(to bytes: [UInt8]) -> [UInt8] {
    if next(below: 2) == 0 { return Array(bytes.prefix(next(below: bytes.count))) }
    var damaged = bytes
    for _ in 0...next(below: 3) where !damaged.isEmpty {
      damaged[next(below: damaged.count)] ^= 1 << UInt8(next(below: 8))
    }
    return damaged
  }
}
