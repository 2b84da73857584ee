public import GenOpsAdmission
import GenOpsUnits

/// Where processes that share a billing account get their leases.
///
/// The contract: intervals of one `MeterAxis` never overlap, and the grants of one `BudgetAxis`
/// never add up to more than its limit, whichever process asks, dies or asks again. A store may
/// give less than is asked, or nothing. It is called on a queue of its own and may wait for a disk;
/// it must not call the adapter.
public protocol BudgetStore: Sendable {
  /// Called once by each adapter that is made with this store, before it asks for anything. A store
  /// whose leases belong to one holder throws at the second call: two adapters would spend the same
  /// lease twice. Without an implementation every adapter may use it.
  func claim() throws

  /// Takes in what this process used and gives what it needs.
  /// - Throws: Anything; the adapter goes on with the leases it has and asks again later.
  func renew(_ request: LeaseRequest) throws -> LeaseReply

  /// Takes in what this process used for the last time; everything unused is free again.
  func release(_ use: LeaseUse) throws
}

extension BudgetStore {
  public func claim() throws {}
}
