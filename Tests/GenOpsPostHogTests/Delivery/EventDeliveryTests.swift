import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsUnits
import Testing

@testable import GenOpsPostHog

@Suite("Delivery")
struct EventDeliveryTests {
  let fixture = DeliveryFixture()

  @Test("What is enqueued arrives once; a shutdown sends the rest at once")
  func arrives() async throws {
    let delivery = try fixture.delivery()
    await fixture.running(delivery) {
      fixture.send(0..<250, to: delivery)
      await fixture.double.received(2)
    }
    #expect(
      fixture.double.arrived.count == 250 && fixture.double.arrived.values.allSatisfy { $0 == 1 })
    #expect(fixture.double.requests.count == 3 && delivery.counts.accepted == 250)
    #expect(delivery.findings.all.isEmpty)
  }

  @Test("A flush returns when its events have arrived, without the interval")
  func flushes() async throws {
    let delivery = try fixture.delivery()
    await fixture.running(delivery) {
      fixture.send(0..<5, to: delivery)
      await delivery.flush()
      #expect(fixture.double.arrived.count == 5)
      await delivery.flush()
    }
    #expect(fixture.double.requests.count == 1)
  }

  @Test("The interval sends what is too little for a batch")
  func interval() async throws {
    let delivery = try fixture.delivery()
    await fixture.running(delivery) {
      fixture.send(0..<5, to: delivery)
      #expect(await fixture.time.nextAlarm() == .seconds(5))
      #expect(fixture.double.requests.isEmpty)
      fixture.time.advance(to: .seconds(5))
      await fixture.double.received(1)
    }
    #expect(fixture.double.arrived.count == 5 && fixture.double.requests.count == 1)
  }

  @Test("The server is down for minutes: each accepted event arrives once, with its uuid")
  func outage() async throws {
    let delivery = try fixture.delivery()
    fixture.double.always(.refused)
    await fixture.running(delivery) {
      fixture.send(0..<120, to: delivery)
      var attempts = 0
      var alarm = Duration.zero
      while alarm < .seconds(600) {
        attempts += 1
        await fixture.double.received(attempts)
        // While it pauses, more comes, and the wall clock jumps about by an hour.
        fixture.send(120 + attempts * 10..<130 + attempts * 10, to: delivery)
        fixture.clock.advance(bySeconds: attempts % 2 == 0 ? 3600 : -3600)
        alarm = await fixture.time.nextAlarm()
        if alarm >= .seconds(600) { fixture.double.always(nil) }
        fixture.time.advance(to: alarm)
      }
      #expect(attempts < 20)
      await delivery.flush()
    }
    let counts = delivery.counts
    #expect(counts.offered == counts.accepted && counts.lost == 0 && counts.offered > 200)
    #expect(
      fixture.double.arrived.count == counts.accepted
        && fixture.double.arrived.values.allSatisfy { $0 == 1 })
  }

  @Test("An answer that is lost on its way brings a copy with the same uuid, and no other")
  func lostAnswer() async throws {
    let delivery = try fixture.delivery()
    fixture.double.script([.lost])
    await fixture.running(delivery) {
      fixture.send(0..<100, to: delivery)
      await fixture.double.received(1)
      fixture.time.advance(to: await fixture.time.nextAlarm())
      await delivery.flush()
    }
    #expect(
      fixture.double.arrived.count == 100 && fixture.double.arrived.values.allSatisfy { $0 == 2 })
    #expect(delivery.counts.accepted == 100)
    let sent = fixture.double.bodies.map { $0["batch"] }
    #expect(sent.count == 2 && sent[0] == sent[1])
  }

  @Test("The first region fails: the second gets the same uuids under its own key")
  func failover() async throws {
    let delivery = try fixture.delivery(hosts: [.us, .eu]) { $0.failoverAfter = 2 }
    fixture.double.script([.refused, .status(503)])
    await fixture.running(delivery) {
      fixture.send(0..<100, to: delivery)
      await fixture.double.received(1)
      fixture.time.advance(to: await fixture.time.nextAlarm())
      await delivery.flush()
    }
    let hosts = fixture.double.requests.map { $0.url }
    #expect(hosts.map { $0.contains("//eu.") } == [false, false, true])
    #expect(
      fixture.double.arrived.count == 100 && fixture.double.arrived.values.allSatisfy { $0 == 1 })
    let first = fixture.double.bodies[0]["batch"]
    #expect(first != nil && fixture.double.bodies.allSatisfy { $0["batch"] == first })
  }

  @Test("What a budget refuses goes to no region")
  func refusedNowhere() async throws {
    let delivery = try fixture.delivery(hosts: [.us, .eu])
    let budget = Budget(name: "day", limit: .zero, period: .day)
    let adapter = try PostHogAdapter(
      AdapterConfiguration(plan: GovernancePlan(mode: .enforced, budgets: [budget])),
      transport: delivery, clock: fixture.clock)
    await fixture.running(delivery) {
      for _ in 0..<20 { #expect(!adapter.capture("search", distinctID: "ann").wasSent) }
      await delivery.flush()
    }
    #expect(fixture.double.requests.isEmpty && delivery.counts.offered == 0)
  }

  @Test("An endpoint listed twice is an error, however it is written")
  func distinctEndpoints() throws {
    let hosts = [try PostHogHost("https://app.posthog.com"), .us]
    let error = #expect(throws: FindingsError.self) { try fixture.delivery(hosts: hosts) }
    #expect(error?.findings.all.map(\.code) == ["same-endpoint"])
  }

  @Test("A drain has an end: what the dead server did not take is told")
  func drainEnds() async throws {
    let delivery = try fixture.delivery()
    fixture.double.always(.status(503))
    await withTaskGroup { group in
      group.addTask { await delivery.run() }
      fixture.send(0..<3, to: delivery)
      delivery.shutDown()
      var attempts = 0
      while fixture.time.now.offset < .seconds(10) {
        attempts += 1
        await fixture.double.received(min(attempts, 4))
        fixture.time.advance(to: await fixture.time.nextAlarm())
      }
      await group.waitForAll()
    }
    #expect(delivery.counts.losses == [.abandoned: 3])
    #expect(delivery.findings.all.map(\.code) == ["events-lost", "delivery-failing"])
  }

  @Test("A cancelled task stops at once")
  func cancelled() async throws {
    let delivery = try fixture.delivery()
    fixture.double.always(.refused)
    let task = Task { await delivery.run() }
    fixture.send(0..<100, to: delivery)
    await fixture.double.received(1)
    task.cancel()
    await task.value
    #expect(delivery.counts.losses == [.abandoned: 100])
  }

  @Test("With a spool a full queue and an end lose nothing: the next process sends it")
  func spooled() async throws {
    let disk = MemorySpool.Disk()
    let spool = MemorySpool(disk)
    let first = try fixture.delivery(spool: spool) {
      $0.capacity = 20; $0.flushCount = 10
    }
    fixture.double.always(.refused)
    let task = Task { await first.run() }
    fixture.send(0..<50, to: first)
    await fixture.double.received(1)
    task.cancel()
    await task.value
    #expect(first.counts.lost == 0 && disk.count == 50)
    spool.end()
    fixture.double.always(nil)
    let second = try fixture.delivery(spool: MemorySpool(disk)) {
      $0.capacity = 20; $0.flushCount = 10
    }
    await fixture.running(second) { await fixture.double.received(1 + 5) }
    #expect(fixture.double.arrived.count == 50 && disk.count == 0)
    #expect(fixture.double.arrived.values.allSatisfy { $0 == 1 })
  }

  @Test("A spool that cannot keep is a finding; the events are sent all the same")
  func spoolFails() async throws {
    let spool = MemorySpool(MemorySpool.Disk(isFull: true))
    let delivery = try fixture.delivery(spool: spool)
    await fixture.running(delivery) { fixture.send(0..<4, to: delivery) }
    #expect(fixture.double.arrived.count == 4)
    #expect(delivery.spoolFailures == 4 && delivery.findings.all.map(\.code) == ["spool-failing"])
  }

  @Test("Many tasks at once: nothing is lost, nothing arrives twice")
  func concurrent() async throws {
    let delivery = try fixture.delivery { $0.concurrentRequests = 4 }
    await fixture.running(delivery) {
      await withTaskGroup { group in
        for task in 0..<16 {
          group.addTask { fixture.send(task * 100..<task * 100 + 100, to: delivery) }
        }
      }
    }
    #expect(
      fixture.double.arrived.count == 1600 && fixture.double.arrived.values.allSatisfy { $0 == 1 })
  }
}
