import Testing

@testable import GenOpsNumerics

struct `A main effect` {
  /// Independent inputs, from the seeded generator of the samplers.
  private static func uniforms(_ name: String, _ count: Int) -> [Double] {
    let key = RandomSource(seed: 7).key(name, purpose: "test")
    return (0..<count).map { path in
      var generator = RandomGenerator(key, path: path)
      return generator.uniform()
    }
  }

  private static func normal(_ uniform: Double) -> Double {
    UncertainValue.normal(mean: 0, sd: 1).quantile(uniform)
  }

  /// y = 3 + 2z + z²/2 is in the basis, so nothing of it is left.
  @Test func `of the only input is the figure itself`() throws {
    let uniforms = `A main effect`.uniforms("x", 200)
    let figures = uniforms.map { uniform -> Double in
      let z = `A main effect`.normal(uniform)
      return 3 + 2 * z + z * z / 2
    }
    let effect = try #require(MainEffect(uniforms: uniforms, figures: figures))
    #expect(abs(effect.share - 1) < 1e-9)
    let z = 1.2815515655446004
    #expect(abs(effect.expected(at: 0.9) - (3 + 2 * z + z * z / 2)) < 1e-8)
    #expect(abs(effect.expected(at: 0.1) - (3 - 2 * z + z * z / 2)) < 1e-8)
  }

  /// Of y = z₁ + 2z₂ the shares are 1/5 and 4/5: Sobol's indices of a sum.
  @Test func `of one of two is its part of the variance`() throws {
    let first = `A main effect`.uniforms("a", 20_000)
    let second = `A main effect`.uniforms("b", 20_000)
    let other = `A main effect`.uniforms("c", 20_000)
    let figures = zip(first, second).map {
      `A main effect`.normal($0) + 2 * `A main effect`.normal($1)
    }
    func share(_ uniforms: [Double]) throws -> Double {
      try #require(MainEffect(uniforms: uniforms, figures: figures)).share
    }
    #expect(abs(try share(first) - 0.2) < 0.015)
    #expect(abs(try share(second) - 0.8) < 0.015)
    #expect(try share(other) < 0.001)
  }

  @Test func `crosses a value where it does so once`() throws {
    let uniforms = `A main effect`.uniforms("x", 500)
    func effect(_ figure: (Double) -> Double) throws -> MainEffect {
      try #require(
        MainEffect(
          uniforms: uniforms, figures: uniforms.map { figure(`A main effect`.normal($0)) }))
    }
    let line = try effect { 10 - 4 * $0 }
    #expect(abs(try #require(line.crossing(of: 10)) - 0.5) < 1e-9)
    #expect(abs(try #require(line.crossing(of: 6)) - 0.8413447460685429) < 1e-9)
    #expect(line.crossing(of: 30) == nil)
    // z² − 1 is 0 at −1 and at 1.
    #expect(try effect { $0 * $0 }.crossing(of: 1) == nil)
  }

  @Test func `of nothing that varies is none`() {
    let uniforms = `A main effect`.uniforms("x", 50)
    #expect(MainEffect(uniforms: uniforms, figures: .init(repeating: 3, count: 50)) == nil)
    #expect(MainEffect(uniforms: .init(repeating: 0.5, count: 50), figures: uniforms) == nil)
    #expect(
      MainEffect(uniforms: Array(uniforms.prefix(10)), figures: Array(uniforms.prefix(10))) == nil)
  }
}
