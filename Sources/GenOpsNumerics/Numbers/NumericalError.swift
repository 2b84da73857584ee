import CGSL

/// A computation in GSL that did not succeed.
public struct NumericalError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was computed: "robust regression".
  public var operation: String
  /// GSL's error number (`gsl_errno.h`).
  public var code: Int
  /// GSL's words for it.
  public var reason: String

  /// Throws when `status`, the return value of a GSL function, is not success.
  static func check(_ status: Int32, _ operation: String) throws(NumericalError) {
    if status != Int32(GSL_SUCCESS) { throw NumericalError(operation, status) }
  }

  init(_ operation: String, _ status: Int32) {
    self.operation = operation
    code = Int(status)
    reason = gsl_strerror(status).map { String(cString: $0) } ?? "unknown"
  }

  /// Too few numbers to compute it from.
  package static func tooShort(_ operation: String) -> NumericalError {
    NumericalError(operation, Int32(GSL_EBADLEN))
  }

  /// No solution within the number of steps.
  package static func noConvergence(_ operation: String) -> NumericalError {
    NumericalError(operation, Int32(GSL_EMAXITER))
  }

  /// An argument that makes no sense.
  package static func invalidArgument(_ operation: String) -> NumericalError {
    NumericalError(operation, Int32(GSL_EINVAL))
  }

  /// Numbers outside of what the computation is defined for.
  package static func outOfDomain(_ operation: String) -> NumericalError {
    NumericalError(operation, Int32(GSL_EDOM))
  }

  /// GSL gave no memory.
  package static func memory(_ operation: String) -> NumericalError {
    NumericalError(operation, Int32(GSL_ENOMEM))
  }

  public var description: String { "\(operation): \(reason) (GSL error \(code))" }
}
