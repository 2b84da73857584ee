@main
struct Benchmarks {
  static func main() async throws {
    let arguments = CommandLine.arguments.dropFirst()
    let numbers = arguments.compactMap { Int($0) }
    switch arguments.first {
    case "core": try benchmarkCore()
    case "capture": try benchmarkCapture()
    case "client": try await benchmarkClient(count: numbers.first ?? 200_000)
    case "spool":
      try await benchmarkSpool(
        perSecond: numbers.first ?? 20_000, seconds: numbers.dropFirst().first ?? 60,
        rounds: numbers.dropFirst(2).first ?? 5)
    case "scan": try benchmarkScan(path: arguments.dropFirst().first ?? "events.jsonl")
    case "draws": benchmarkDraws()
    case "year":
      try benchmarkYear(paths: numbers.first ?? 20_000, threads: numbers.dropFirst().first ?? 1)
    case "year-parts": try benchmarkYearParts()
    default:
      print(
        "usage: Benchmarks core | capture | client [CALLS] | spool [EVENTS_PER_SECOND [SECONDS [ROUNDS]]] | "
          + "scan FILE | draws | year [PATHS [THREADS]] | year-parts")
    }
  }
}
