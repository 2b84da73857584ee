import GenOpsCosting
import GenOpsMetering
import GenOpsNumerics
import GenOpsScenario
import GenOpsUnits

/// What was changed since the snapshot, each with its place.
extension SnapshotChecker {
  func cause(_ reason: SnapshotOutcome.Reason, _ change: NodeChange) -> SnapshotOutcome.Cause {
    .init(reason: reason, text: "\(reason.rawValue): \(change.text)", place: change.place)
  }

  /// Every tier, add-on and term of the books in use that is another one.
  func priceCauses(_ old: Snapshot, _ new: Snapshot) -> [SnapshotOutcome.Cause] {
    var causes: [SnapshotOutcome.Cause] = []
    let shared = Set(old.quotes.map(\.meter)).intersection(new.quotes.map(\.meter))
    for (before, after) in zip(old.prices.entries, new.prices.entries) {
      let diff = BookDiff(from: before.book, to: after.book)
      for tier in diff.tiers where shared.contains(tier.meter.id) {
        let range =
          groupedDigits(String(tier.from))
          + (tier.to == .max ? " and more" : " - \(groupedDigits(String(tier.to)))")
        causes.append(
          .init(
            reason: .price,
            text: "\(after.book.id) \(tier.meter.id) tier \(tier.tier) (\(range)): "
              + "\(tier.old) -> \(tier.new)", place: tier.place))
      }
      for change in diff.addOns where change.old != nil && change.new != nil {
        let (a, b) = (change.old?.description ?? "", change.new?.description ?? "")
        causes.append(
          .init(reason: .price, text: "\(after.book.id) add-on \(change.id): \(a) -> \(b)"))
      }
      if diff.termsDiffer {
        causes.append(
          .init(reason: .price, text: "\(after.book.id): the terms of the contract differ"))
      }
      if before.from != after.from {
        let (a, b) = (before.from?.description ?? "always", after.from?.description ?? "always")
        causes.append(.init(reason: .price, text: "\(after.book.id) holds from \(b), was \(a)"))
      }
    }
    return causes
  }

  /// Files whose bytes are others. What they held before is not known, so they cannot be held.
  func dataCauses(_ old: Snapshot, _ new: Snapshot) -> [SnapshotOutcome.Cause] {
    new.data.compactMap { file in
      guard let before = old.data.first(where: { $0.file == file.file }),
        before.sha256 != file.sha256
      else { return nil }
      return .init(reason: .volume, text: "volume: the data in \(file.file) changed")
    }
  }

  func modelCause(_ old: Snapshot, _ new: Snapshot) -> SnapshotOutcome.Cause {
    let text =
      if old.version != new.version {
        "model: genops \(old.version) -> \(new.version)"
      } else if old.mathFingerprint != new.mathFingerprint {
        "model: this machine's mathematics answer otherwise (\(new.mathFingerprint))"
      } else {
        "model: genops computes otherwise than when the snapshot was taken"
      }
    return .init(reason: .model, text: text)
  }

  /// The prices of the snapshot for a scenario, `node`, that may by now use more than they know.
  func oldPrices(_ old: Snapshot, under node: Node) -> PriceSchedule? {
    var findings = Findings()
    let now =
      node["prices"].map { PriceSchedule.read($0, file: path, &findings) }
      ?? PriceSchedule(.standard)
    guard let now else { return nil }
    func restored(_ book: PriceBook, over base: PriceBook) -> PriceBook {
      var result = base
      result.id = book.id
      result.terms = book.terms
      for rate in book.rates {
        if let index = result.rates.firstIndex(where: { $0.meter == rate.meter }) {
          result.rates[index].table = rate.table
        } else {
          result.rates.append(rate)
        }
      }
      for addOn in book.addOns {
        if let index = result.addOns.firstIndex(where: { $0.id == addOn.id }) {
          result.addOns[index].price = addOn.price
        } else {
          result.addOns.append(addOn)
        }
      }
      return result
    }
    func base(_ index: Int) -> PriceBook { now.books[min(index, now.books.count - 1)] }
    return PriceSchedule(
      restored(old.prices.first, over: base(0)), start: old.prices.start,
      changes: old.prices.changes.enumerated().map { index, change in
        .init(
          from: change.from, book: restored(change.book, over: base(index + 1)),
          location: change.location)
      })
  }
}
