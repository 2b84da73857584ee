import GenOpsIngestion
import HTTPTypes
import Hummingbird
import NIOCore

/// The whole body of a request, within its limits.
struct RequestBytes {
  /// As it came.
  var bytes: [UInt8]
  /// Holds its place among all bodies for as long as it lives.
  let share: HeldBytes.Share

  /// - Throws: 413 for one that is too large, 503 when too many are held.
  init(_ request: Request, most: Int, _ held: HeldBytes) async throws {
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > most {
      throw RequestBytes.tooLarge(most)
    }
    share = HeldBytes.Share(of: held)
    bytes = []
    for try await var part in request.body {
      if bytes.count + part.readableBytes > most { throw RequestBytes.tooLarge(most) }
      guard share.take(part.readableBytes) else {
        throw RequestFailure(
          .serviceUnavailable, "overloaded", "too many large requests at once", retryAfter: 5)
      }
      bytes += part.readBytes(length: part.readableBytes) ?? []
    }
  }

  private static func tooLarge(_ most: Int) -> RequestFailure {
    RequestFailure(
      .contentTooLarge, "too_large", "the body has more than \(most) bytes")
  }

  /// The JSON in it.
  /// - Throws: 400, 413 or 415, with what is wrong.
  func unpacked(_ request: Request, most: Int) throws -> [UInt8] {
    do throws(CaptureBody.Failure) {
      let plain = try CaptureBody.unpack(
        bytes, encoding: request.headers[.contentEncoding],
        compression: request.uri.queryParameters["compression"].map(String.init), most: most)
      guard plain.count <= bytes.count || share.take(plain.count - bytes.count) else {
        throw CaptureBody.Failure.tooLarge(most)
      }
      return plain
    } catch {
      switch error {
      case .tooLarge(let most):
        throw RequestFailure(
          .contentTooLarge, "too_large", "the body unpacks to more than \(most) bytes")
      case .unsupported(let encoding):
        throw RequestFailure(
          .unsupportedMediaType, "unsupported_encoding",
          "the encoding '\(encoding.prefix(20))' is not known; gzip, deflate, br and zstd are")
      case .undecodable(let why): throw RequestFailure(.badRequest, "invalid_payload", why)
      }
    }
  }
}
