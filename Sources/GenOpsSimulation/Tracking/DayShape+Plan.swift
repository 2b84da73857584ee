import GenOpsForecasting
import GenOpsMetering
import GenOpsNumerics
import GenOpsScenario
import GenOpsUnits

extension DayShape {
  /// Enough for the 10 % points of a day.
  static let paths = 400

  /// The days of `months` by meter, from the first futures of `plan`; a meter that no future uses is left
  /// out. Each future counts by the part of its month that a day has, so how much the month uses in all
  /// plays no part.
  static func shapes(_ plan: Plan, _ months: [CalendarMonth]) -> [CalendarMonth: [Meter: DayShape]]
  {
    let future = FuturePath(plan: plan)
    let sources = sources(plan)
    let paths = min(plan.scenario.paths, DayShape.paths)
    var parts: [CalendarMonth: [Meter: [[Double]]]] = [:]
    for path in 0..<paths {
      future.draw(path: path)
      for month in months {
        let first = plan.period.start.distance(to: month.firstDay)
        for (meter, streams) in sources {
          let days = (first..<(first + month.dayCount)).map { day in
            streams.reduce(0.0) { sum, source in
              // Within the period, because `month` is one of its months.
              let place = source.stream.index * future.dayCount + day
              let units = source.isIdentified ? future.identified[place] : future.units[place]
              return sum + Double(units) * source.weight
            }
          }
          let all = days.reduce(0, +)
          if all > 0 {
            parts[month, default: [:]][meter, default: []].append(days.map { $0 / all })
          }
        }
      }
    }
    return parts.mapValues { $0.mapValues { DayShape($0) } }
  }

  /// Over futures, of each the part of its month that falls on each day.
  private init(_ futures: [[Double]]) {
    self.init(mean: [], p10: [], p50: [], p90: [])
    for day in futures.first?.indices ?? 0..<0 {
      let sorted = futures.map { $0[day] }.sorted()
      mean.append(sorted.reduce(0, +) / Double(sorted.count))
      p10.append(Statistics.quantile(ofSorted: sorted, at: 0.1))
      p50.append(Statistics.quantile(ofSorted: sorted, at: 0.5))
      p90.append(Statistics.quantile(ofSorted: sorted, at: 0.9))
    }
  }

  private struct Source {
    var stream: StreamID
    var isIdentified: Bool
    /// Units of the meter to a unit of the stream: a poll counts ten flag requests.
    var weight: Double
  }

  /// Which streams count on each meter "as is".
  private static func sources(_ plan: Plan) -> [(meter: Meter, streams: [Source])] {
    var byMeter: [Meter: [Source]] = [:]
    for usageClass in plan.options[0].usageClasses {
      for meter in Meter.allCases where usageClass.usage[meter] > 0 {
        let isKnown = byMeter[meter]?.contains { $0.stream == usageClass.stream } ?? false
        if isKnown { continue }
        byMeter[meter, default: []].append(
          Source(
            stream: usageClass.stream, isIdentified: meter == .identifiedEvents,
            weight: Double(usageClass.usage[meter])))
      }
    }
    return Meter.allCases.compactMap { meter in byMeter[meter].map { (meter, $0) } }
  }
}

/// The days of a month that the scenario names, with the names.
struct NamedDays {
  private var names: [CalendarMonth: [Meter: [Int: String]]] = [:]

  /// What acts on `months` of `plan`: changes and dated calendar effects of at most
  /// ``OneOffs/longestName`` days.
  init(_ plan: Plan, _ months: [CalendarMonth]) {
    for change in plan.changes where change.days.count <= OneOffs.longestName {
      let meter = plan.streams[change.stream].meter
      let from = plan.forecastStart.advanced(by: change.days.lowerBound)
      let to = plan.forecastStart.advanced(by: change.days.upperBound)
      for month in months {
        let days = (0..<month.dayCount).filter {
          let day = month.firstDay.advanced(by: $0)
          return day >= from && day < to
        }
        add(change.name, days, [meter], month)
      }
    }
    for (index, entry) in plan.scenario.calendar.effects.enumerated()
    where type(of: entry.effect).isDated {
      let profile = CalendarProfile(
        effects: [(entry.name, entry.effect)], day: plan.scenario.calendar.day)
      let meters = Set(
        plan.streams.filter { stream in
          stream.calendar.map { plan.calendar.groups[$0].effects.contains(index) } ?? false
        }.map(\.meter))
      for month in months {
        let factors = profile.medianProfile(from: month.firstDay, count: month.dayCount)
        let days = factors.indices.filter { abs(factors[$0] - 1) > 0.01 }
        if days.count <= OneOffs.longestName { add(entry.name, Array(days), meters, month) }
      }
    }
  }

  private mutating func add(
    _ name: String, _ days: [Int], _ meters: Set<Meter>, _ month: CalendarMonth
  ) {
    for meter in meters {
      for day in days {
        names[month, default: [:]][meter, default: [:]][day] = name
        // Identified events are a part of the events of the day.
        if meter == .events {
          names[month, default: [:]][.identifiedEvents, default: [:]][day] = name
        }
      }
    }
  }

  /// By day of the month from 0.
  func names(_ meter: Meter, _ month: CalendarMonth) -> [Int: String] {
    names[month]?[meter] ?? [:]
  }
}
