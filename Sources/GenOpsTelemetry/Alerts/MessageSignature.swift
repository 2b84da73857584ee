import GenOpsUnits

/// HMAC-SHA256 (RFC 2104), so that a receiver knows who posted a message.
public enum MessageSignature {
  /// The 64 hex digits for `message` under `key`.
  public static func sign(_ message: [UInt8], key: [UInt8]) -> String {
    var block = key.count > 64 ? Digest.sha256Bytes(key) : key
    block += [UInt8](repeating: 0, count: 64 - block.count)
    let inner = Digest.sha256Bytes(block.map { $0 ^ 0x36 } + message)
    return Digest.sha256(block.map { $0 ^ 0x5C } + inner)
  }

  /// Whether `signature` is that of `message`, in a time that does not depend on where they differ.
  public static func isValid(_ signature: String, of message: [UInt8], key: [UInt8]) -> Bool {
    let expected = Array(sign(message, key: key).utf8)
    let given = Array(signature.utf8)
    guard expected.count == given.count else { return false }
    return zip(expected, given).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
