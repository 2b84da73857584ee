import Foundation
import GenOpsPostHogTesting
import GenOpsTestSupport
import Testing

@testable import GenOpsPostHog

private struct Leaf: Error { let number: Int }

private struct Wrapping: Error {
  let note = "not an error"
  let inner: (any Error)?
}

private enum Cased: Error {
  case alone(Leaf)
  case labelled(attempt: Int, cause: any Error)
  case nothing
}

private struct Foundations: CustomNSError {
  let underlying: any Error
  var errorUserInfo: [String: Any] { [NSUnderlyingErrorKey: underlying] }
}

/// Two that hold each other.
private final class Circle: Error { nonisolated(unsafe) var other: Circle? }

private indirect enum Deep: Error { case end, over(Deep) }

@Suite("What led to an error")
struct ErrorCausesTests {
  private func values(_ error: any Error) -> [String] { ExceptionForm(error).entries.map(\.value) }
  private func parents(_ error: any Error) -> [Int?] {
    ExceptionForm(error).entries.map { $0.parent?.id }
  }

  @Test("An error is found where it is held, the outermost first")
  func held() {
    let leaf = "Leaf(number: 7)"
    for error in [
      Wrapping(inner: Leaf(number: 7)), Cased.alone(Leaf(number: 7)),
      Cased.labelled(attempt: 3, cause: Leaf(number: 7)), Foundations(underlying: Leaf(number: 7)),
      NSError(domain: "shop", code: 3, userInfo: [NSUnderlyingErrorKey: Leaf(number: 7)]),
      DecodingError.dataCorrupted(
        .init(codingPath: [], debugDescription: "", underlyingError: Leaf(number: 7))),
      EncodingError.invalidValue(
        1, .init(codingPath: [], debugDescription: "", underlyingError: Leaf(number: 7))),
    ] as [any Error] {
      #expect(values(error).count == 2 && values(error).last == leaf, "\(error)")
      #expect(parents(error) == [nil, 0])
    }
    let alone: [any Error] = [Wrapping(inner: nil), Cased.nothing, Leaf(number: 1)]
    for error in alone { #expect(values(error).count == 1, "\(error)") }
  }

  @Test("A chain is followed to its end, and a branch before the next one")
  func tree() {
    let chain = Wrapping(inner: Cased.alone(Leaf(number: 1)))
    #expect(parents(chain) == [nil, 0, 1])
    let several = NSError(
      domain: "shop", code: 1,
      userInfo: ["NSMultipleUnderlyingErrorsKey": [chain, Leaf(number: 2)] as [any Error]])
    #expect(parents(several) == [nil, 0, 1, 2, 0])
    #expect(ExceptionForm(several).entries.map(\.isGroup) == [true, false, false, false, false])
  }

  @Test("A circle ends, and no list is longer than fifty")
  func bounded() {
    let (one, two) = (Circle(), Circle())
    (one.other, two.other) = (two, one)
    #expect(parents(one) == [nil, 0])
    one.other = nil
    var deep = Deep.end
    for _ in 0..<80 { deep = .over(deep) }
    #expect(ExceptionForm(deep).entries.count == 50)
  }
}
