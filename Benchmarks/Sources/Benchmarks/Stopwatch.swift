#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// CPU time of the whole process: the number that a busy machine changes least.
func cpuSeconds() -> Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }

/// Wall time, for work on several threads.
func wallSeconds() -> Double { seconds(CLOCK_MONOTONIC) }

private func seconds(_ clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// The median CPU seconds of `runs` runs.
func medianCPU(runs: Int = 5, _ body: () -> Void) -> Double {
  var times: [Double] = []
  for _ in 0..<runs {
    let start = cpuSeconds()
    body()
    times.append(cpuSeconds() - start)
  }
  return times.sorted()[runs / 2]
}

/// Keeps the optimiser from removing work whose result nobody reads.
@inline(never)
func keep(_ value: Int64) { if value == .min { print(value) } }

func text(_ value: Double, _ decimals: Int = 1) -> String {
  var scale = 1.0
  for _ in 0..<decimals { scale *= 10 }
  let whole = Int((value * scale).rounded())
  if decimals == 0 { return "\(whole)" }
  let fraction = String(whole % Int(scale))
  return "\(whole / Int(scale))." + String(repeating: "0", count: decimals - fraction.count)
    + fraction
}
