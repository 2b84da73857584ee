import GenOpsUnits
import Testing

/// Vectors of NIST: FIPS 180 examples and the Secure Hash Standard validation set.
@Suite("Digests")
struct DigestTests {
  static let long = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"

  @Test(
    "SHA-1",
    arguments: [
      ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
      ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
      (long, "84983e441c3bd26ebaae4aa1f95129e5e54670f1"),
    ])
  func sha1(_ text: String, _ digest: String) { #expect(Digest.sha1(text.utf8) == digest) }

  @Test(
    "SHA-256",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (long, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
    ])
  func sha256(_ text: String, _ digest: String) { #expect(Digest.sha256(text.utf8) == digest) }

  @Test("ten thousand letters, and every length around a block")
  func lengths() {
    let letters = [UInt8](repeating: UInt8(ascii: "a"), count: 10_000)
    #expect(
      Digest.sha256(letters) == "27dd1f61b867b6a0f6e9d8a41c43231de52107e53ae424de8f847b821db4b711")
    #expect(Digest.sha1(letters) == "a080cbda64850abb7b7f67ee875ba068074ff6fe")
    let digests = (50...130).map { Digest.sha256(letters.prefix($0)) }
    #expect(Set(digests).count == digests.count)
    #expect(digests[14] == "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb")
  }

  @Test("the flag hash of PostHog starts with these digits")
  func flagHash() throws {
    let digits = Digest.sha1("simple-flag.distinct_id".utf8).prefix(15)
    let value = Double(try #require(UInt64(digits, radix: 16))) / Double(0xFFF_FFFF_FFFF_FFFF)
    #expect(value == 0.3457103347480679)
  }
}
