/// Several files in one (PKWARE's APPNOTE 6.3.10, sections 4.3.7 to 4.3.16).
///
/// Every file has the same time, so that the same files give the same bytes on every machine and in every
/// year.
struct ZIPArchive {
  private struct Entry {
    var name: [UInt8]
    var sum: UInt32
    var size: UInt32
    var packedSize: UInt32
    var isPacked: Bool
    var offset: UInt32
  }

  /// 1 January 1980, the first day that the format can name, in the coding of MS-DOS.
  private static let day: UInt16 = 1 << 5 | 1

  private var entries: [Entry] = []
  private var content: [UInt8] = []

  /// Adds a file, packed where that makes it smaller and `packs` allows it. Names are ASCII with `/` between
  /// folders; all files together stay below 4 GiB, which is what the format without its extension for large
  /// files can address.
  mutating func add(_ name: String, _ bytes: [UInt8], packs: Bool = true) {
    let packed = packs ? Deflate.packed(bytes) : bytes
    let isPacked = packed.count < bytes.count
    let entry = Entry(
      name: Array(name.utf8), sum: CRC32.sum(bytes), size: UInt32(clamping: bytes.count),
      packedSize: UInt32(clamping: isPacked ? packed.count : bytes.count), isPacked: isPacked,
      offset: UInt32(clamping: content.count))
    entries.append(entry)
    content += ZIPArchive.field(0x0403_4B50 as UInt32)
    content += ZIPArchive.facts(entry)
    content += entry.name
    content += isPacked ? packed : bytes
  }

  mutating func add(_ name: String, _ text: String, packs: Bool = true) {
    add(name, Array(text.utf8), packs: packs)
  }

  /// The files and, behind them, where each is.
  var bytes: [UInt8] {
    var directory: [UInt8] = []
    for entry in entries {
      directory += ZIPArchive.field(0x0201_4B50 as UInt32) + ZIPArchive.field(20 as UInt16)
      directory += ZIPArchive.facts(entry)
      // No comment, on the first disk, no attributes.
      directory += [UInt8](repeating: 0, count: 10) + ZIPArchive.field(entry.offset)
      directory += entry.name
    }
    let count = UInt16(clamping: entries.count)
    return content + directory + ZIPArchive.field(0x0605_4B50 as UInt32)
      + ZIPArchive.field(0 as UInt32) + ZIPArchive.field(count) + ZIPArchive.field(count)
      + ZIPArchive.field(UInt32(clamping: directory.count))
      + ZIPArchive.field(UInt32(clamping: content.count)) + ZIPArchive.field(0 as UInt16)
  }

  /// What both places say of a file: version 2.0, no flags, whether it is packed, its time, check sum,
  /// sizes, and the lengths of its name and of an extension, which there is none of.
  private static func facts(_ entry: Entry) -> [UInt8] {
    field(20 as UInt16) + field(0 as UInt16) + field((entry.isPacked ? 8 : 0) as UInt16)
      + field(0 as UInt16) + field(day) + field(entry.sum) + field(entry.packedSize)
      + field(entry.size) + field(UInt16(clamping: entry.name.count))
      + field(0 as UInt16)
  }

  /// A number, the lowest byte first.
  private static func field(_ value: some FixedWidthInteger) -> [UInt8] {
    (0..<(value.bitWidth / 8)).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }
}
