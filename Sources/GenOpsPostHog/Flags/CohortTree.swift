import GenOpsUnits

/// The members of a cohort: conditions joined by and or or.
indirect enum CohortTree: Sendable, Hashable {
  case all([CohortTree])
  case any([CohortTree])
  case filter(PropertyFilter)
  /// Not understood: only the server can tell.
  case malformed
}
