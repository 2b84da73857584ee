import Testing

@testable import GenOpsNumerics

@Suite("Random streams")
struct RandomSourceTests {
  let source = RandomSource(seed: 42)

  func words(_ key: RandomKey, path: Int, step: Int = 0) -> [UInt32] {
    var generator = RandomGenerator(key, path: path, step: step)
    return (0..<100).map { _ in generator.word() }
  }

  @Test("a key depends on seed, name and purpose, and on how they divide")
  func keys() {
    let keys = [
      source.key("events", purpose: "growth"), source.key("events", purpose: "counts"),
      source.key("flags", purpose: "growth"), source.key("event", purpose: "sgrowth"),
      RandomSource(seed: 43).key("events", purpose: "growth"),
    ]
    #expect(Set(keys).count == keys.count)
    #expect(keys[0] == RandomSource(seed: 42).key("events", purpose: "growth"))
  }

  @Test("a key is the same in every version: scenarios keep their futures")
  func keyIsPinned() {
    // printf '\0\0\0\0\0\0\0\x2a\0\0\0\0\0\0\0\x06eventsgrowth' | sha256sum
    #expect(source.key("events", purpose: "growth").bits == 0x55ae_d049_12d6_dd67)
  }

  @Test("any path and step can be drawn alone")
  func alone() {
    let key = source.key("events", purpose: "growth")
    var generator = RandomGenerator(key)
    var walked: [[UInt32]] = []
    for path in 0..<20 {
      generator.seek(key, path: path)
      walked.append((0..<100).map { _ in generator.word() })
    }
    for path in [19, 3, 0, 7] { #expect(words(key, path: path) == walked[path]) }
    #expect(words(key, path: 3, step: 1) != walked[3])
  }

  @Test("another generator between the draws changes nothing")
  func undisturbed() {
    let mine = source.key("events", purpose: "growth")
    let other = source.key("flags", purpose: "growth")
    var generator = RandomGenerator(mine, path: 1)
    let before = (0..<50).map { _ in generator.normal() }
    generator.seek(other, path: 1)
    for _ in 0..<17 { _ = generator.poisson(mean: 5) }
    generator.seek(mine, path: 1)
    #expect((0..<50).map { _ in generator.normal() } == before)
  }

  @Test("filling a longer buffer begins with the same normals")
  func bulk() {
    let key = source.key("bulk", purpose: "normals")
    var generator = RandomGenerator(key, path: 5)
    var filled = [Double](repeating: 0, count: 1000)
    filled.withUnsafeMutableBufferPointer { generator.fillNormals($0) }
    generator.seek(key, path: 5)
    var shorter = [Double](repeating: 0, count: 300)
    shorter.withUnsafeMutableBufferPointer { generator.fillNormals($0) }
    #expect(shorter == Array(filled[..<300]))
  }
}
