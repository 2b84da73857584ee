import Foundation
import GenOpsMetering

extension EventUUID {
  /// 16 bytes, the most significant first.
  var bytes: [UInt8] {
    [high, low].flatMap { word in
      (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) }
    }
  }

  var data: Data { Data(bytes) }

  init(_ data: Data) {
    func word(_ bytes: some Sequence<UInt8>) -> UInt64 {
      bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
    self.init(high: word(data.prefix(8)), low: word(data.dropFirst(8).prefix(8)))
  }
}
