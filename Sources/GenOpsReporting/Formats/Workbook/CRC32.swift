/// The check sum of ZIP: CRC-32 of ISO 3309, reflected, with the polynomial 0xEDB88320.
enum CRC32 {
  /// Of `bytes`; `123456789` gives 0xCBF43926.
  static func sum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { sum, byte in
      // The place is a byte, and there are 256.
      table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ (sum >> 8)
    }
  }

  private static let table: [UInt32] = (0..<256 as Range<UInt32>).map { byte in
    (0..<8).reduce(byte) { sum, _ in sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
  }
}
