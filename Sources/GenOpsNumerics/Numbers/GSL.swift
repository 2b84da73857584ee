import CGSL

/// GSL as this process uses it.
enum GSL {
  /// Reading this switches off GSL's error handler, which would abort the process; its return
  /// codes are checked instead. Every type that calls a GSL function that can fail reads it first.
  static let ready: Void = { _ = gsl_set_error_handler_off() }()
}
