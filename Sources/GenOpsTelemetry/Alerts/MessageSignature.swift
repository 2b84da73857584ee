public import GenOpsUnits

/// HMAC-SHA256 (RFC 2104), so that a receiver knows who posted a message.
public enum MessageSignature {
  /// The 64 hex digits for `message` under `key`.
  public static func sign(_ message: [UInt8], key: [UInt8]) -> String {
    Digest.hex(KeyedDigest(key: key).value(of: message))
  }

  /// Whether `signature` is that of `message`, in a time that does not depend on where they differ.
  public static func isValid(_ signature: String, of message: [UInt8], key: [UInt8]) -> Bool {
    let expected = Array(sign(message, key: key).utf8)
    let given = Array(signature.utf8)
    guard expected.count == given.count else { return false }
    return zip(expected, given).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  /// The 64 hex digits for a posted message: over `X-GenOps-Timestamp`, a line end, `X-GenOps-Id`, a line
  /// end and the body, so that none of them can be changed or used with another.
  ///
  /// - Parameters:
  ///   - body: The body as it is posted.
  ///   - id: `X-GenOps-Id`.
  ///   - time: `X-GenOps-Timestamp`, in seconds since 1970.
  ///   - key: The shared secret.
  /// - Returns: What stands behind `sha256=` in `X-GenOps-Signature`.
  public static func sign(_ body: [UInt8], id: String, at time: Int64, key: [UInt8]) -> String {
    sign(Array("\(time)\n\(id)\n".utf8) + body, key: key)
  }

  /// Whether a posted message is from whoever knows `key`, and was made no longer than `tolerance` ago: an old
  /// one may have been recorded and posted again.
  ///
  /// - Parameters:
  ///   - signature: `X-GenOps-Signature`, with or without its `sha256=`.
  ///   - body: The body as it came.
  ///   - id: `X-GenOps-Id`.
  ///   - time: `X-GenOps-Timestamp`, in seconds since 1970.
  ///   - key: The shared secret.
  ///   - now: The receiver's time.
  ///   - tolerance: How far the two times may be apart, in seconds, either way.
  /// - Returns: Whether the message may be believed.
  public static func isValid(
    _ signature: String, of body: [UInt8], id: String, at time: Int64, key: [UInt8],
    now: Timestamp, tolerance: Int64 = 300
  ) -> Bool {
    let (apart, isOver) = (now.microseconds / 1_000_000).subtractingReportingOverflow(time)
    guard !isOver, apart.magnitude <= max(0, tolerance).magnitude else { return false }
    let digits = signature.hasPrefix("sha256=") ? String(signature.dropFirst(7)) : signature
    return isValid(digits, of: Array("\(time)\n\(id)\n".utf8) + body, key: key)
  }
}
