import Foundation

/// The errors that led to an error. Swift has no word for them, so they are looked for where programs keep
/// them: Foundation's underlying errors, the context of a coding error, and any error that is held as a
/// property or as the value of a case, alone or in a list.
struct ErrorCauses {
  /// Python's words for how one error belongs to another.
  enum Source: String { case cause, member }

  /// `NSMultipleUnderlyingErrorsKey`, which Foundation has on Apple's systems only.
  private static let severalKey = "NSMultipleUnderlyingErrorsKey"

  private(set) var all: [(error: any Error, source: Source)] = []

  init(of error: any Error) {
    if addFoundation(error) { return }
    for child in Mirror(reflecting: error).children { addHeld(child.value) }
  }

  /// Whether the error names its causes itself.
  private mutating func addFoundation(_ error: any Error) -> Bool {
    switch error {
    case let error as DecodingError:
      switch error {
      case .typeMismatch(_, let context), .valueNotFound(_, let context),
        .keyNotFound(_, let context), .dataCorrupted(let context):
        if let cause = context.underlyingError { all.append((cause, .cause)) }
      @unknown default: break
      }
      return true
    case EncodingError.invalidValue(_, let context):
      if let cause = context.underlyingError { all.append((cause, .cause)) }
      return true
    default: break
    }
    var info = (error as? any CustomNSError)?.errorUserInfo ?? [:]
    if type(of: error) is NSError.Type, let error = error as AnyObject as? NSError {
      info = error.userInfo
    }
    if let cause = info[NSUnderlyingErrorKey] as? any Error { all.append((cause, .cause)) }
    if let causes = info[ErrorCauses.severalKey] as? [any Error] {
      all += causes.map { ($0, .member) }
    }
    return !all.isEmpty
  }

  private mutating func addHeld(_ value: Any) {
    if let error = value as? any Error {
      all.append((error, .cause))
    } else if let errors = value as? [any Error] {
      all += errors.map { ($0, .member) }
    } else {
      // The values of a case are a tuple.
      let mirror = Mirror(reflecting: value)
      guard mirror.displayStyle == .tuple else { return }
      for child in mirror.children { addHeld(child.value) }
    }
  }
}
