import GenOpsScenario

extension PathBlock {
  /// Everything of the block as bytes: `unpack` with the same plan and paths gives it again, bit for bit.
  var packed: [UInt8] {
    var writer = PackedWriter()
    writer.add([Int64(wasCut ? 1 : 0)])
    writer.add(values.values)
    for table in tables { table.pack(into: &writer) }
    for samples in faults {
      for sample in samples {
        writer.add([
          sample.happened ? 1 : 0, sample.units, sample.duplicates,
          sample.noticed.map { Int64($0) } ?? -1,
        ])
        writer.add(sample.costs)
        writer.add(sample.othersLost)
      }
    }
    return writer.bytes
  }

  /// Reads the rows of `paths` into this block without rows; false where the bytes are of another plan or damaged.
  mutating func unpack(_ paths: Range<Int>, of plan: Plan, from bytes: [UInt8]) -> Bool {
    var reader = PackedReader(bytes)
    do throws(PackedReader.TooShort) {
      wasCut = try reader.whole(1, Int64.self)[0] != 0
      values.append(rows: try reader.doubles(paths.count * values.width))
      for index in tables.indices {
        try tables[index].unpack(paths, isBase: index == 0, from: &reader)
      }
      let studied = plan.faults.isEmpty ? 0 : min(paths.upperBound, FaultStudy.paths)
      for _ in stride(from: paths.lowerBound, to: studied, by: 1) {
        var samples: [FaultSample] = []
        for _ in plan.faults.ids { samples.append(try FaultSample(tables.count, from: &reader)) }
        faults.append(samples)
      }
    } catch { return false }
    return reader.isAtEnd
  }
}

extension FaultSample {
  fileprivate init(_ options: Int, from reader: inout PackedReader) throws(PackedReader.TooShort) {
    let head = try reader.whole(4, Int64.self)
    happened = head[0] != 0
    units = head[1]
    duplicates = head[2]
    noticed = head[3] < 0 ? nil : Int(clamping: head[3])
    costs = try reader.whole(options)
    othersLost = try reader.whole(options)
  }
}
