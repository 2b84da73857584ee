import GenOpsForecasting
import GenOpsNumerics

/// Random numbers by the number: normal ones with each instruction set and one by one, and the days of a
/// stream that grows and scatters.
func benchmarkDraws() {
  print("draws: years of 365 days, CPU time of one number")
  let paths = 4_000
  let key = RandomSource(seed: 1).key("draws", purpose: "benchmark")
  var random = RandomGenerator()
  var days = [Double](repeating: 0, count: 365)
  func report(_ name: String, _ body: (Int) -> Void) {
    let seconds = medianCPU { for path in 0..<paths { body(path) } }
    print("  \(name): \(text(seconds / Double(paths * 365) * 1e9, 2)) ns")
  }
  for kernel in DrawKernel.available {
    report("normal numbers, \(kernel)") { path in
      random.seek(key, path: path)
      days.withUnsafeMutableBufferPointer { random.fillNormals($0, with: kernel) }
    }
  }
  report("normal numbers, one by one") { path in
    random.seek(key, path: path)
    for day in days.indices { days[day] = random.normal() }
  }
  let noises: [(String, CountNoise)] = [
    ("rounded", .none), ("lognormal", .lognormal(sigma: 0.2)), ("Poisson", .poisson),
    ("negative binomial", .negativeBinomial(dispersion: 50)),
  ]
  for (name, noise) in noises {
    let growth = GeometricBrownianGrowth(
      driftPerMonth: .constant(0.02), volatility: .constant(0.9))
    let generator = PathGenerator(
      StreamModel(
        name: "draws", level: 90_000, profile: days.indices.map { $0 % 7 < 5 ? 1.1 : 0.75 },
        growth: growth, noise: noise), source: RandomSource(seed: 1))
    report("a stream's day, \(name)") { path in
      days.withUnsafeMutableBufferPointer {
        generator.sample(path: path, into: $0, using: &random)
      }
    }
  }
  keep(Int64(days[364]))
}
