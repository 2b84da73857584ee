package import GenOpsUnits

/// One export, answer or table as it was read, before it is joined with others. A file may hold several,
/// one after the other.
package struct UsageExport: Sendable {
  /// The file as the user named it, with the line on which this export begins where it is not the first.
  package var name: String
  package var series: [UsageSeries]
  /// Where an answer says that PostHog has more series than it holds; nil when it holds them all.
  package var morePages: SourceLocation?
  /// Whether it was counted from single events, so that what it lacks was not used.
  package var isCounted: Bool
  /// Whether its first and its last day are all that they are meant to be, as of events that are walked.
  package var keepsEdges: Bool

  package init(
    name: String, series: [UsageSeries], morePages: SourceLocation? = nil, isCounted: Bool = false,
    keepsEdges: Bool = false
  ) {
    self.name = name
    self.series = series
    self.morePages = morePages
    self.isCounted = isCounted
    self.keepsEdges = keepsEdges
  }

  /// From the first to the last day that it names; nil without a series.
  package var days: ClosedRange<CalendarDay>? {
    guard let first = series.map(\.start).min(), let end = series.map(\.end).max(), first < end
    else { return nil }
    // `first` lies before `end`, so the day before `end` is not before it.
    return first...end.advanced(by: -1)
  }

  /// The last day of which it knows anything; nil when it knows none.
  package var lastKnownDay: CalendarDay? {
    series.compactMap { one in
      one.values.lastIndex { !$0.isNaN }.map { one.start.advanced(by: $0) }
    }.max()
  }
}
