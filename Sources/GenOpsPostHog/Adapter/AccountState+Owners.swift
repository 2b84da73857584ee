import GenOpsAdmission
import GenOpsMetering
import GenOpsUnits

/// Whose usage is counted, and for how long.
extension AccountState {
  /// The number of an owner, the same for equal attributions. Its spending and usage classes are kept until
  /// ``release(owner:)`` and a month without use.
  mutating func owner(_ attribution: Attribution) -> Int {
    let (number, place) = owners.hold(attribution)
    switch place {
    case .known: break
    case .new:
      for _ in 0..<slotsPerOwner { lineNumbers.append(-1) }
      spending.append(Spending())
    case .reused:
      spending[number] = Spending()
      for slot in number * slotsPerOwner..<(number + 1) * slotsPerOwner
      where lineNumbers[slot] >= 0 {
        core.reassign(UsageClassID(number: lineNumbers[slot]), to: owners[number])
      }
    }
    return number
  }

  /// A view or session that had called ``owner(_:)`` is gone.
  mutating func release(owner number: Int) { owners.release(number) }

  /// How many owners are kept.
  var ownerCount: Int { owners.count }

  /// Drops owners that nothing holds and that did nothing in the present week and month. What they did before
  /// is counted with others.
  mutating func dropIdleOwners() {
    let today = core.now.day
    for number in 0..<owners.owners.count
    where owners.isFree(number) && spending[number].isOver(on: today) {
      let together = owners.fold(owners[number])
      // There are few of these, and they would only come back.
      if together == owners[number] { continue }
      let operations = spending[number].operations
      for slot in number * slotsPerOwner..<(number + 1) * slotsPerOwner
      where lineNumbers[slot] >= 0 {
        core.retire(UsageClassID(number: lineNumbers[slot]))
      }
      owners.drop(number)
      if operations == 0 { continue }
      let rest = owner(together)
      spending[rest].addOperations(operations)
      owners.release(rest)
    }
  }
}
