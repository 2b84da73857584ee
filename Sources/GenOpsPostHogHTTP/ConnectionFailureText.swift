import NIOCore
import NIOPosix

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What people read of a connection that could not be made or broke. NIO's own texts tell where in NIO it was noticed
/// (`connection reset (error set): Connection refused) (errno: 111)`), and list the same cause for each address.
enum ConnectionFailureText {
  /// The system's own words and number where it is the system's error; otherwise what is printed of it.
  static func text(_ error: any Error) -> String {
    switch error {
    case let error as IOError:
      return "\(String(cString: strerror(error.errnoCode))) (errno \(error.errnoCode))"
    case let error as NIOConnectionError:
      var causes: [String] = []
      for failure in error.connectionErrors {
        let cause = text(failure.error)
        if !causes.contains(cause) { causes.append(cause) }
      }
      return causes.isEmpty
        ? "the address of '\(error.host)' was not found" : causes.joined(separator: ", ")
    default: return "\(error)"
    }
  }
}
