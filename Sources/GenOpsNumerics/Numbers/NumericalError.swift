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

  /// What it means to those who gave the numbers, after "because"; ``description`` is GSL's word for it.
  package var meaning: String {
    switch Int32(code) {
    case Int32(GSL_EBADLEN): "there are too few numbers"
    case Int32(GSL_EMAXITER), Int32(GSL_ENOPROG), Int32(GSL_ETOL), Int32(GSL_ETOLF),
      Int32(GSL_ETOLX), Int32(GSL_ETOLG):
      "no values describe the numbers better than all others"
    case Int32(GSL_EDOM), Int32(GSL_ERANGE): "the numbers are none that it describes"
    case Int32(GSL_ENOMEM): "there is too little memory"
    default: "the numbers do not tell its parts from each other"
    }
  }

  public var description: String { "\(operation): \(reason) (GSL error \(code))" }
}
