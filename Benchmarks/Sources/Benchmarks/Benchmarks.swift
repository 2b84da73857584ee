@main
struct Benchmarks {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    let numbers = arguments.compactMap { Int($0) }
    switch arguments.first {
    case "core": try benchmarkCore()
    case "capture": try benchmarkCapture()
    case "year":
      try benchmarkYear(paths: numbers.first ?? 20_000, threads: numbers.dropFirst().first ?? 1)
    case "year-parts": try benchmarkYearParts()
    default: print("usage: Benchmarks core | capture | year [PATHS [THREADS]] | year-parts")
    }
  }
}
