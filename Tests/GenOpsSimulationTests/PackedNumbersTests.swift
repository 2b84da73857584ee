import Testing

@testable import GenOpsSimulation

/// Numbers as bytes are the same numbers afterwards.
@Suite struct PackedNumbersTests {
  @Test func everyBitComesBack() throws {
    var writer = PackedWriter()
    let doubles = [0, -0.0, .pi, .infinity, .leastNonzeroMagnitude, -1e300]
    writer.add([Int64.min, -1, 0, .max])
    writer.add([Int128.min, -1, .max])
    writer.add([Int32(-1)])
    writer.add(doubles)
    #expect(writer.bytes.count == 4 * 8 + 3 * 16 + 4 + 6 * 8)
    var reader = PackedReader(writer.bytes)
    #expect(try reader.whole(4, Int64.self) == [.min, -1, 0, .max])
    #expect(try reader.whole(3, Int128.self) == [.min, -1, .max])
    #expect(try reader.whole(1, Int32.self) == [-1])
    #expect(try reader.doubles(6).map(\.bitPattern) == doubles.map(\.bitPattern))
    #expect(reader.isAtEnd)
  }

  @Test func moreThanThereIsIsNotRead() throws {
    var reader = PackedReader([1, 0, 0, 0, 0, 0, 0, 0, 5])
    #expect(throws: PackedReader.TooShort.self) { try reader.whole(2, Int64.self) }
    #expect(throws: PackedReader.TooShort.self) { try reader.whole(.max, Int64.self) }
    #expect(try reader.whole(1, Int64.self) == [1])
    #expect(!reader.isAtEnd)
  }
}
