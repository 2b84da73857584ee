import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsUnits
import Testing

@testable import GenOpsPostHog

@Suite("The contracts that are shipped")
struct ContractTests {
  let fixture = DeliveryFixture()

  @Test("Delivery keeps the transport's, by both protocols of a server", arguments: [true, false])
  func delivery(withSpool: Bool) async throws {
    let disk = MemorySpool.Disk()
    let delivery = try fixture.delivery(spool: withSpool ? MemorySpool(disk) : nil)
    var violations: [String] = []
    await withTaskGroup { group in
      group.addTask { await delivery.run() }
      violations = await TransportContract.violations(of: delivery) {
        await delivery.flush(timeout: nil)
        return fixture.double.events
      }
      delivery.shutDown()
      await group.waitForAll()
    }
    #expect(violations == [])
    #expect(disk.count == 0)
  }

  @Test("What records for tests keeps the transport's too")
  func recording() async {
    let transport = RecordingTransport()
    let violations = await TransportContract.violations(of: transport) {
      transport.all.map(\.outgoing)
    }
    #expect(violations == [])
  }

  @Test("A transport that loses, doubles and writes on its own breaks it")
  func broken() async {
    final class Broken: Transport {
      let inner = RecordingTransport(encoder: .passThrough)
      func enqueue(_ event: UsageEvent, _ stamp: GovernanceStamp) {
        if event.distinctID == "user-3" { return }
        inner.enqueue(event, stamp)
        if event.distinctID == "user-4" { inner.enqueue(event, stamp) }
      }
    }
    let transport = Broken()
    let violations = await TransportContract.violations(of: transport) {
      transport.inner.all.map(\.outgoing)
    }
    #expect(violations.count >= 3)
  }

  @Test("The spool in memory keeps the spool's")
  func memorySpool() throws {
    let disk = MemorySpool.Disk()
    #expect(try SpoolContract.violations(open: { MemorySpool(disk) }, end: { $0.end() }) == [])
  }

  @Test("A spool that forgets who holds an event breaks it")
  func forgetful() throws {
    let one = MemorySpool()
    #expect(!(try SpoolContract.violations(open: { one }, end: { _ in })).isEmpty)
  }

  @Test("The budget store in memory keeps the store's", arguments: [Int64.max, 7])
  func memoryStore(largest: Int64) throws {
    let store = MemoryStore(largest: largest)
    var number = 0
    let violations = try BudgetStoreContract.violations {
      number += 1
      return store.handle(number)
    }
    #expect(violations == [])
  }
}
