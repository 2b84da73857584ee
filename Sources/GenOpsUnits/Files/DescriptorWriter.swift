import Foundation

/// Writes bytes to an open file, pipe or terminal.
package enum DescriptorWriter {
  /// Why not everything was written.
  package enum Failure: Error, Equatable, CustomStringConvertible {
    /// Nobody reads the pipe any more.
    case noReader
    /// In the system's words: no space left, for example.
    case system(String)

    package var description: String {
      switch self {
      case .noReader: "nobody reads it any more"
      case .system(let reason): reason
      }
    }
  }

  /// Writes all of it; nil when that went well. Where the other side is slow it waits.
  ///
  /// A pipe without reader ends a process by a signal, unless that is ignored, as ``ignoreLostReaders()``
  /// does.
  package static func write(_ bytes: [UInt8], to descriptor: Int32) -> Failure? {
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let count = systemWrite(
          descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
        if count >= 0 {
          written += count
          continue
        }
        switch errno {
        case EINTR: continue
        case EAGAIN:
          var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          poll(&wait, 1, -1)
        case EPIPE: return .noReader
        default: return .system(String(cString: strerror(errno)))
        }
      }
      return nil
    }
  }

  /// Makes a write to a pipe without reader an error that can be told, for the whole process.
  package static func ignoreLostReaders() { signal(SIGPIPE, SIG_IGN) }
}

/// Under a name of its own, because ``DescriptorWriter/write(_:to:)`` hides the system's.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
