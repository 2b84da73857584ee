import Foundation
import GenOpsMetering

extension EventUUID {
  /// 16 bytes, the most significant first.
  var data: Data { withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Data($0) } }

  var bytes: [UInt8] { withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0) } }

  init(_ data: Data) {
    func word(_ bytes: some Sequence<UInt8>) -> UInt64 {
      bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
    self.init(high: word(data.prefix(8)), low: word(data.dropFirst(8).prefix(8)))
  }
}
