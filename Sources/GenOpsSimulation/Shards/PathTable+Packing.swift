extension PathTable {
  /// Adds the columns and sums; ``total`` is the sum of the months and does not travel.
  func pack(into writer: inout PackedWriter) {
    writer.add(months.values)
    writer.add(slices.values)
    writer.add(meterUnits.values)
    writer.add(meterCosts.values)
    writer.add(streamCosts.values)
    writer.add(fan.values)
    writer.add(firstBreach.values)
    writer.add(overshoot.values)
    writer.add(largestOffered.values)
    sums.pack(into: &writer)
  }

  /// Reads the rows of `paths` into this empty table. Of options but "as is" there are no meters, streams and fan.
  mutating func unpack(_ paths: Range<Int>, isBase: Bool, from reader: inout PackedReader)
    throws(PackedReader.TooShort)
  {
    let count = paths.count
    let inBase = isBase ? count : 0
    let inFan = isBase ? max(0, min(paths.upperBound, PathTable.fanPaths) - paths.lowerBound) : 0
    months.append(rows: try reader.whole(count * months.width))
    slices.append(rows: try reader.whole(count * slices.width))
    meterUnits.append(rows: try reader.whole(inBase * meterUnits.width))
    meterCosts.append(rows: try reader.whole(inBase * meterCosts.width))
    streamCosts.append(rows: try reader.whole(inBase * streamCosts.width))
    fan.append(rows: try reader.whole(inFan * fan.width))
    firstBreach.append(rows: try reader.whole(count * firstBreach.width))
    overshoot.append(rows: try reader.whole(count * overshoot.width))
    largestOffered.append(rows: try reader.whole(count * largestOffered.width))
    try sums.unpack(from: &reader)
    let width = months.width
    for row in 0..<count {
      var sum: Int64 = 0
      // Wrapping: the numbers come from outside, and a file that lies must not end the program.
      for month in row * width..<(row + 1) * width { sum &+= months.values[month] }
      total.append(sum)
    }
  }
}

extension PathSums {
  fileprivate func pack(into writer: inout PackedWriter) {
    writer.add(days)
    writer.add(offered)
    writer.add(refused)
    writer.add(sampled)
    writer.add(lost.flatMap { [$0.offered, $0.refused, $0.sampled, $0.critical] })
    writer.add(overInMonth)
    writer.add(wasOverInMonth)
    writer.add([anonymised, darkDays, Int128(unknownTier)])
  }

  fileprivate mutating func unpack(from reader: inout PackedReader)
    throws(PackedReader.TooShort)
  {
    days = try reader.whole(days.count)
    offered = try reader.whole(offered.count)
    refused = try reader.whole(refused.count)
    sampled = try reader.whole(sampled.count)
    for month in lost.indices {
      let four = try reader.whole(4, Int128.self)
      lost[month] = Loss(
        offered: four[0], refused: four[1], sampled: four[2], critical: four[3])
    }
    overInMonth = try reader.whole(overInMonth.count)
    wasOverInMonth = try reader.whole(wasOverInMonth.count)
    let rest = try reader.whole(3, Int128.self)
    (anonymised, darkDays, unknownTier) = (rest[0], rest[1], Int(clamping: rest[2]))
  }
}
