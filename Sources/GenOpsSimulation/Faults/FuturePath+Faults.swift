import GenOpsForecasting
import GenOpsHistory
import GenOpsScenario
import GenOpsUnits

extension FuturePath {
  /// What one fault did on the last path.
  struct FaultTrace {
    /// The day of the period on which it begins; may lie outside.
    var begin = 0
    /// Whether it made anything.
    var happened = false
    /// Copies that PostHog dropped by their uuid.
    var duplicates: Int64 = 0
    /// Days by which its timestamps are off.
    var shift = 0
  }

  /// Fills in the streams that faults make, from the normal ones of this path.
  func drawFaults() {
    // All of them first: what a fault moves is read from the others' streams too.
    for made in plan.faults.flatMap(\.streams) {
      for day in plan.actualDays..<dayCount { set(made.stream, day, units: 0, identified: 0) }
    }
    for (index, fault) in plan.faults.enumerated() {
      let inputs = fault.inputs.map { values[$0] }
      let from = min(1e7, max(-1e7, values[fault.from].rounded(.down)))
      let begin = Int(from) - Int(plan.period.start.number)
      let length = min(10_000, max(0, values[fault.lasts]))
      var trace = FaultTrace(begin: begin, shift: fault.fault.shift(inputs))
      for made in fault.streams {
        let last = Int((Double(begin) + length).rounded(.up))
        let start = max(plan.actualDays, begin)
        var carried = CarriedFault()
        for day in start..<max(start, min(dayCount, last)) {
          let part = min(1, Double(begin) + length - Double(day))
          let all = made.base.map { Double(drawn(units, $0, day)) } ?? 0
          let result = fault.fault.units(all, part: part, output: made.output, inputs)
          place(result, made, day, moves: type(of: fault.fault).moves, &carried)
          trace.duplicates += carried.duplicates.next(held(result.duplicates))
        }
        let first = made.stream.index * dayCount
        if units[first..<(first + dayCount)].contains(where: { $0 > 0 }) { trace.happened = true }
      }
      if trace.duplicates > 0 { trace.happened = true }
      traces[index] = trace
    }
  }

  /// What rounding leaves from day to day of what a fault makes.
  private struct CarriedFault {
    var billed = CarriedAmount()
    var identified = CarriedAmount()
    var duplicates = CarriedAmount()
  }

  private func place(
    _ result: FaultUnits, _ made: PlanFault.Made, _ day: Int, moves: Bool,
    _ carried: inout CarriedFault
  ) {
    var billed = carried.billed.next(held(result.billed))
    var known: Int64
    if let base = made.base {
      let all = drawn(units, base, day)
      let share = all > 0 ? Double(drawn(identified, base, day)) / Double(all) : 0
      known = min(billed, carried.identified.next(Double(billed) * share))
      if moves {
        // Two faults may not move the same events.
        billed = min(billed, units[base.index * dayCount + day])
        known = min(known, billed, identified[base.index * dayCount + day])
        set(
          base, day, units: units[base.index * dayCount + day] - billed,
          identified: identified[base.index * dayCount + day] - known)
      }
    } else {
      let share = plan.streams[made.stream].identifiedShare.map { values[$0] } ?? 0
      known = min(billed, carried.identified.next(Double(billed) * min(1, max(0, share))))
    }
    set(made.stream, day, units: billed, identified: known)
  }

  /// A day of a normal stream as it was drawn, before any fault moved a part of it.
  private func drawn(_ values: [Int64], _ stream: StreamID, _ day: Int) -> Int64 {
    var sum = values[stream.index * dayCount + day]
    for fault in plan.faults where type(of: fault.fault).moves {
      for made in fault.streams where made.base == stream {
        sum += values[made.stream.index * dayCount + day]
      }
    }
    return sum
  }

  private func held(_ units: Double) -> Double {
    if units > FuturePath.maximumUnits { noteCut() }
    return min(units, FuturePath.maximumUnits)
  }

  /// The units and identified units of this path had the fault number `fault` not been.
  func without(fault: FaultID) -> (units: [Int64], identified: [Int64]) {
    var (units, identified) = (units, identified)
    let moves = type(of: plan.faults[fault].fault).moves
    for made in plan.faults[fault].streams {
      for day in plan.actualDays..<dayCount {
        let place = made.stream.index * dayCount + day
        if moves, let base = made.base {
          units[base.index * dayCount + day] += units[place]
          identified[base.index * dayCount + day] += identified[place]
        }
        units[place] = 0
        identified[place] = 0
      }
    }
    return (units, identified)
  }
}
