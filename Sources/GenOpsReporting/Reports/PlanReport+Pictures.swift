import GenOpsHistory
import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// The streams of a plan by day: some futures, the mean, and the range of 8 in 10.
extension PlanReport {
  var pictures: [ReportSection] {
    guard let preview else { return [] }
    return preview.streams.enumerated().compactMap { index, stream in
      // A stream that nothing ever feeds, such as the flag requests of bots that ask for none, has
      // no picture.
      stream.isEmpty
        ? nil
        : ReportSection(
          stream.name, id: "stream-\(index)",
          [.init(.chart(.fan(fan(stream, preview, id: "stream-\(index)"))), isOnScreen: false)])
    }
  }

  private func fan(
    _ stream: PlanPreview.Stream, _ preview: PlanPreview, id: String
  ) -> ReportChart.Fan {
    .init(
      caption: .init(
        id: id, title: "\(stream.name) by day", description: description(stream, preview),
        legend: legend(preview), unit: "\(stream.unit)s a day"),
      start: preview.start, actualDays: preview.actualDays,
      days: stream.mean.indices.map {
        .init(low: stream.p10[$0], expected: stream.mean[$0], high: stream.p90[$0])
      },
      samples: stream.samples,
      // The band and the mean set the scale; a future that leaves it is cut, not the picture.
      top: ((stream.p90 + stream.mean).max() ?? 1) * 1.15, ends: [.expected, .high])
  }

  private func legend(_ preview: PlanPreview) -> [ReportChart.Key] {
    (preview.actualDays > 0 ? [.init(mark: .actual, label: "actual")] : []) + [
      .init(mark: .expected, label: "mean"),
      .init(mark: .band, label: "8 of 10 futures"),
      .init(mark: .sample, label: "\(min(PlanPreview.samples, preview.paths)) futures"),
    ]
  }

  private func description(_ stream: PlanPreview.Stream, _ preview: PlanPreview) -> String {
    let last = stream.mean.count - 1
    guard last >= 0 else { return "" }
    return "\(stream.name): \(shortCount(stream.mean[0])) \(stream.unit)s on \(preview.start), "
      + "\(shortCount(stream.mean[last])) expected on \(preview.start.advanced(by: last)), "
      + "\(shortCount(stream.p10[last])) to \(shortCount(stream.p90[last])) in 8 of 10 futures."
  }
}
