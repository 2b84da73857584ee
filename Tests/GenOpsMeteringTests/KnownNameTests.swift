import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsMetering

struct `Known names` {
  /// Short ones are their letters, long ones a place in memory: two texts that are equal may lie differently, and
  /// a place may be another text's later.
  @Test(arguments: [UInt64(1), 2, 3])
  func `come to what their letters say, however they lie in memory`(seed: UInt64) {
    let classifier = EventClassifier.standard
    let maker = FactMaker(classifier: classifier, seed: seed)
    var cache = RuleCache(classifier)
    var generator = SeededGenerator(seed)
    let stems = [
      "$pageview", "$exception", "$snapshot", "survey sent", "$ai_generation",
      "conversion_of_a_long_kind",
      "something_that_is_longer_than_fifteen_bytes", "Bestellung abgeschlossen, größer", "",
    ]
    for _ in 0..<20_000 {
      let random = generator.next()
      var name = stems[Int(random >> 40) % stems.count]
      // Written anew each time, so that memory is used again; more of them than there are places.
      if random & 1 == 0 { name += "_\(random >> 8 & 255)" }
      if random & 127 == 2 { name = String(repeating: name, count: 40) }
      let known = cache.known(name, maker)
      let expected = maker.known(name)
      if known.hash != expected.hash || known.rule != expected.rule {
        Issue.record("\(name) of seed \(seed)")
        return
      }
    }
  }

  @Test func `are told apart by the letters, not by the place`() {
    var name = "a name that is longer than fifteen bytes"
    let maker = FactMaker(classifier: .standard, seed: 7)
    var cache = RuleCache(.standard)
    let first = cache.known(name, maker).hash
    name.append("!")
    #expect(
      cache.known(name, maker).hash == maker.known(name).hash && first != maker.known(name).hash)
  }
}

struct `Units of an event` {
  /// The first meter is the one that a class's units are counted by.
  @Test func `are one of each meter, what the event is first`() {
    var identified = Usage(.events)
    identified.add(.identifiedEvents)
    identified.add(.groupEvents)
    #expect(EventUnits([.groupEvents, .identifiedEvents, .events]).usage == identified)
    #expect(EventUnits([]).usage == .none)
    let alone: [(EventUnits, Meter)] = [
      (.events, .events), (.identifiedEvents, .identifiedEvents), (.exceptions, .exceptions),
      (.llmEvents, .llmEvents), (.surveyResponses, .surveyResponses),
      (.sessionRecordings, .sessionRecordings), (.mobileRecordings, .mobileRecordings),
      (.groupEvents, .groupEvents),
    ]
    for (units, meter) in alone { #expect(units.usage == Usage(meter)) }
  }
}
