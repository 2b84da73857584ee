/// HMAC-SHA256 (RFC 2104) under one key, for many messages.
package struct KeyedDigest: Sendable {
  private let inner: SHA256Digest
  private let outer: SHA256Digest

  package init(key: [UInt8]) {
    var block = key.count > 64 ? Digest.sha256Bytes(key) : key
    block += [UInt8](repeating: 0, count: 64 - block.count)
    var inner = SHA256Digest()
    inner.add(block.map { $0 ^ 0x36 })
    var outer = SHA256Digest()
    outer.add(block.map { $0 ^ 0x5C })
    self.inner = inner
    self.outer = outer
  }

  /// The 32 bytes for a message.
  package func value(of message: some Collection<UInt8>) -> [UInt8] {
    var inner = inner
    inner.add(message)
    var outer = outer
    outer.add(inner.value)
    return outer.value
  }
}
