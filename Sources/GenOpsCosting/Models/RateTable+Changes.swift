import GenOpsUnits

extension RateTable {
  /// The same prices after `free` units that cost nothing: C'(q) = C(q − free).
  public func after(free: Int64) -> RateTable {
    guard free > 0 else { return self }
    var moved = [Segment(upTo: free, origin: 0, base: 0, unit: 0)]
    for old in segments where moved[moved.count - 1].upTo < .max {
      var segment = old
      segment.upTo = old.upTo.addingClamped(free)
      segment.origin = old.origin.addingClamped(free)
      moved.append(segment)
    }
    return RateTable(moved, knownUpTo: knownUpTo.addingClamped(free))
  }

  /// Every price changed by `percent`, rounded to the nearest nano-unit, and whether any had to be
  /// rounded; nil when a price leaves the range of money.
  public func changed(by percent: Percent) -> (table: RateTable, isRounded: Bool)? {
    var isRounded = false
    func scaled(_ nanos: Int64) -> Int64? {
      guard let change = percent.exactly(of: Money(nanos: nanos)) else { return nil }
      isRounded = isRounded || !change.isExact
      let (sum, overflow) = nanos.addingReportingOverflow(change.amount.nanos)
      return overflow ? nil : sum
    }
    var changed: [Segment] = []
    // What a segment begins with is the sum of the changed prices below it, not its own rounding.
    for (index, old) in segments.enumerated() {
      var segment = old
      guard let unit = scaled(old.unit) else { return nil }
      segment.unit = unit
      let isRunning = index > 0 && old.origin == upTo[index - 1]
      let before = isRunning ? changed[index - 1].cost(of: old.origin) : 0
      let jump =
        isRunning
        ? old.base - (self.segment(at: index - 1).cost(of: old.origin) ?? 0)
        : old.base
      guard let before, let step = scaled(jump) else { return nil }
      let (base, overflow) = before.addingReportingOverflow(step)
      if overflow { return nil }
      segment.base = base
      changed.append(segment)
    }
    return (RateTable(changed, knownUpTo: knownUpTo), isRounded)
  }
}
