import Foundation
import GenOpsUnits

/// What PostHog shows of an error and of those that led to it. Source of the form: posthog-python 7.91.1,
/// `single_exception_from_error_tuple` and `_exceptions_from_error`: an entry for each error, the one that
/// was caught first, and after each the tree of its causes; 50 at most. `$exception_type` and
/// `$exception_message` are those of version 7.0.0.
struct ExceptionForm {
  /// One entry of `$exception_list`.
  struct Entry {
    /// As Python's qualified name: `Checkout.PaymentError`.
    let type: String
    /// nil for a type inside of a function: Swift writes an address there that is another one in every
    /// process, and PostHog would see another error each time.
    let module: String?
    let value: String
    /// The system's number of the error.
    let errno: Int32?
    /// The place of the error that this one led to, and how; nil for the one that was caught.
    let parent: (id: Int, source: ErrorCauses.Source)?
    let isGroup: Bool

    init(_ error: any Error, _ parent: (Int, ErrorCauses.Source)?, isGroup: Bool) {
      let type = Swift.type(of: error)
      let scalars = String(reflecting: type).unicodeScalars
      if !scalars.contains("("), let point = scalars.firstIndex(of: ".") {
        module = String(scalars[..<point])
        self.type = String(scalars[scalars.index(after: point)...])
      } else {
        module = nil
        self.type = String(describing: type)
      }
      value = (error as? any LocalizedError)?.errorDescription ?? String(describing: error)
      errno = (error as? POSIXError)?.code.rawValue
      self.parent = parent
      self.isGroup = isGroup
    }

    func json(id: Int, isHandled: Bool) -> JSONValue {
      var mechanism = [JSONValue.Member("exception_id", .integer(id))]
      if let errno {
        mechanism.append(.init("meta", ["errno": ["number": .integer(errno)]]))
      }
      if let parent {
        mechanism += [
          .init("source", .string(parent.source.rawValue)), .init("parent_id", .integer(parent.id)),
          .init("type", "chained"),
        ]
      } else {
        mechanism += [.init("type", "generic"), .init("handled", .bool(isHandled))]
      }
      mechanism.append(.init("synthetic", false))
      if isGroup { mechanism.append(.init("is_exception_group", true)) }
      return [
        "mechanism": .object(mechanism), "module": module.map { .string($0) } ?? .null,
        "type": .string(type), "value": .string(value),
      ]
    }
  }

  /// The most entries of a list.
  static let mostEntries = 50

  private(set) var entries: [Entry] = []
  /// Errors that are objects may hold each other in a circle.
  private var seen: Set<ObjectIdentifier> = []

  init(_ error: any Error) { add(error, parent: nil) }

  private mutating func add(_ error: any Error, parent: (Int, ErrorCauses.Source)?) {
    guard entries.count < ExceptionForm.mostEntries else { return }
    if Swift.type(of: error) is AnyClass,
      !seen.insert(ObjectIdentifier(error as AnyObject)).inserted
    {
      return
    }
    let causes = ErrorCauses(of: error).all
    let id = entries.count
    entries.append(Entry(error, parent, isGroup: causes.contains { $0.source == .member }))
    for cause in causes { add(cause.error, parent: (id, cause.source)) }
  }

  func members(isHandled: Bool) -> [JSONValue.Member] {
    let list = entries.enumerated().map { $1.json(id: $0, isHandled: isHandled) }
    return [
      JSONValue.Member("$exception_type", .string(entries.first?.type ?? "")),
      JSONValue.Member("$exception_message", .string(entries.first?.value ?? "")),
      JSONValue.Member("$exception_list", .array(list)),
      JSONValue.Member("$exception_level", "error"),
    ]
  }
}
