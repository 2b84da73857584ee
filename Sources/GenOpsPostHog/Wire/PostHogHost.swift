public import GenOpsUnits

/// The base address that events and flag requests are sent to.
///
/// People know PostHog by the address of its app, and its clients send to another one:
///
/// | written | sent to |
/// |---|---|
/// | `app.posthog.com`, `us.posthog.com`, `us.i.posthog.com` | `https://us.i.posthog.com` |
/// | `eu.posthog.com`, `eu.i.posthog.com` | `https://eu.i.posthog.com` |
/// | anything else, such as a proxy | as written |
///
/// A path stays in front of PostHog's own: `https://shop.example/ingest` sends batches to
/// `https://shop.example/ingest/batch/`. Source of the mapping: posthog-python 7.91.1,
/// `determine_server_host`.
public struct PostHogHost: Sendable, Hashable, CustomStringConvertible {
  /// PostHog's cloud in the United States.
  public static let us = PostHogHost(
    scheme: "https", authority: "us.i.posthog.com", pathPrefix: "", written: "us.i.posthog.com")
  /// PostHog's cloud in the European Union.
  public static let eu = PostHogHost(
    scheme: "https", authority: "eu.i.posthog.com", pathPrefix: "", written: "eu.i.posthog.com")

  /// `https` or `http`.
  public let scheme: String
  /// Host and, when given, port, in lower case: `127.0.0.1:8080`.
  public let authority: String
  /// Begins with `/` and does not end with one; empty without a path.
  public let pathPrefix: String
  private let written: String

  private init(scheme: String, authority: String, pathPrefix: String, written: String) {
    self.scheme = scheme
    self.authority = authority
    self.pathPrefix = pathPrefix
    self.written = written
  }

  /// Reads an address as people write it: with or without `https://`, with or without slashes at
  /// the end.
  /// - Throws: `posthog-host`, when it is none: another scheme, no host, a query, a user or spaces.
  public init(_ text: some StringProtocol) throws(FindingsError) {
    let written = String(text)
    func invalid(_ why: String) -> FindingsError {
      FindingsError(
        "posthog-host", "the PostHog host '\(PostHogHost.withoutUser(written))' \(why)",
        help: "write it like https://us.i.posthog.com or https://your-proxy.example/ingest")
    }
    var rest = Substring(text)
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    rest = rest.drop(while: \.isWhitespace)
    var scheme = "https"
    if let separator = rest.firstRange(of: "://") {
      scheme = rest[..<separator.lowerBound].lowercased()
      rest = rest[separator.upperBound...]
    }
    guard scheme == "https" || scheme == "http" else {
      throw invalid("is neither https nor http")
    }
    while rest.last == "/" { rest.removeLast() }
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    let authority = rest[..<slash].lowercased()
    let path = String(rest[slash...])
    guard !authority.isEmpty else { throw invalid("names no host") }
    guard !authority.contains("@") else { throw invalid("holds a user or password") }
    guard !rest.contains(where: { $0 == "?" || $0 == "#" }) else {
      throw invalid("has a query or fragment")
    }
    let allowed = rest.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x5C && $0 != 0x22 }
    guard allowed else { throw invalid("holds a space or a letter that no address has") }
    guard PostHogHost.hasValidName(authority) else {
      throw invalid("has no name that a host can have")
    }
    guard PostHogHost.hasValidPort(authority) else { throw invalid("has no valid port") }
    switch PostHogHost.plainName(authority) {
    case "app.posthog.com", "us.posthog.com", "us.i.posthog.com":
      self.init(
        scheme: "https", authority: "us.i.posthog.com", pathPrefix: path, written: written)
    case "eu.posthog.com", "eu.i.posthog.com":
      self.init(
        scheme: "https", authority: "eu.i.posthog.com", pathPrefix: path, written: written)
    default:
      self.init(scheme: scheme, authority: authority, pathPrefix: path, written: written)
    }
  }

  /// An address may hold a password by mistake, and errors are logged.
  private static func withoutUser(_ text: String) -> String {
    guard let at = text.lastIndex(of: "@") else { return text }
    return "…" + text[at...]
  }

  /// Without what changes nothing of where a request goes: the usual ports and the dot at the end of a name.
  /// A cloud of PostHog's that is written so must not pass for a host of one's own.
  private static func plainName(_ authority: String) -> Substring {
    var name = authority[...]
    for port in [":443", ":80"] where name.hasSuffix(port) { name.removeLast(port.utf8.count) }
    while name.last == "." { name.removeLast() }
    return name
  }

  /// Names of the DNS, with the underscore that internal ones have, addresses of IPv4, and in brackets of IPv6:
  /// a setting of another variable must not pass for a host.
  private static func hasValidName(_ authority: String) -> Bool {
    let bytes = authority.utf8
    if bytes.first == UInt8(ascii: "[") {
      guard let end = bytes.firstIndex(of: UInt8(ascii: "]")) else { return false }
      let rest = bytes[bytes.index(after: end)...]
      return (rest.isEmpty || rest.first == UInt8(ascii: ":"))
        && bytes[..<end].dropFirst().contains(UInt8(ascii: ":"))
        && bytes[..<end].dropFirst().allSatisfy {
          (0x30...0x3A).contains($0) || (0x61...0x66).contains($0) || $0 == 0x2E
        }
    }
    let name = bytes.prefix { $0 != UInt8(ascii: ":") }
    // Letters are lower case here.
    return name.contains { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
      && name.allSatisfy {
        (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D || $0 == 0x2E
          || $0 == 0x5F
      }
  }

  private static func hasValidPort(_ authority: String) -> Bool {
    // The colons of an IPv6 address stand in brackets.
    let afterAddress = authority.lastIndex(of: "]").map { authority[$0...] } ?? authority[...]
    guard let colon = afterAddress.lastIndex(of: ":") else { return true }
    let port = afterAddress[afterAddress.index(after: colon)...]
    guard colon > authority.startIndex, port.utf8.allSatisfy({ (48...57).contains($0) }),
      let number = Int(port)
    else { return false }
    return (1...65535).contains(number)
  }

  /// The whole address of one of PostHog's paths; `path` begins with `/`.
  public func url(_ path: String) -> String { description + path }

  /// `us` or `eu` for PostHog's own clouds, nil for a proxy or a server of one's own.
  public var region: String? {
    switch authority {
    case "us.i.posthog.com": "us"
    case "eu.i.posthog.com": "eu"
    default: nil
    }
  }

  /// Where PostHog's app answers, for its billing and project API.
  public var appBase: String {
    region.map { "https://\($0).posthog.com" } ?? description
  }

  /// The base address: no slash at the end.
  public var description: String { "\(scheme)://\(authority)\(pathPrefix)" }

  /// Whether another host is meant than was written, as for `app.posthog.com`.
  public var wasMapped: Bool { !written.lowercased().contains(authority) }

  /// Two hosts are equal when they send to the same address, however they were written.
  public static func == (a: PostHogHost, b: PostHogHost) -> Bool { a.description == b.description }
  public func hash(into hasher: inout Hasher) { hasher.combine(description) }
}
