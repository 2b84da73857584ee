import Foundation
import Testing

/// One case of a file under `Cases`: files, calls of `genops` in one folder, and what each has to
/// do.
///
/// Lines of a case; spaces at their beginning do not count, several spaces in a row count as one:
///
/// ```
/// case WORDS              begins a case
/// file PATH               a file for the next call; its lines follow, each after "| "
/// link PATH TO            a symbolic link for the next call; hard link PATH TO, another name of a file
/// to PATH                 where stdout of the next call goes, such as /dev/full
/// env NAME=VALUE          a variable of the environment, which is empty otherwise
/// stdin                   what is typed into the next call; its lines follow, each after "| "
/// $ genops WORDS          a call; 'several words' and "several words" are one
/// exit NUMBER             its exit status, 0 when this line is missing
/// out: TEXT               a line of stdout has this text; \e is the escape of colours, \t a tab
/// err: TEXT               a line of stderr has this text
/// no out: TEXT            no line of stdout has it; also: no err: TEXT
/// out                     stdout is these lines and no others; they follow, each after "| "
/// no out                  stdout is empty; also: no err
/// wrote PATH              the call wrote this file; wrote PATH: TEXT, and a line of it has this
/// text wrote nothing           the call wrote no file
/// ```
struct CommandCase: CustomTestStringConvertible, Sendable {
  var name: String
  var place: String
  var environment: [String: String] = [:]
  var steps: [Step] = []
  /// Lines that are none of the above.
  var mistakes: [String] = []

  /// A call and what it has to do.
  struct Step: Sendable {
    var arguments: [String] = []
    /// Files that are written before it, in place of what stood there.
    var files: [(path: String, text: String)] = []
    /// Links that are made before it.
    var links: [Link] = []
    var input = ""
    /// Where its stdout goes; nil where it is looked at.
    var output: String?
    var status: Int32 = 0
    var checks: [Check] = []
  }

  /// Another name of a file.
  struct Link: Sendable {
    var path: String
    var target: String
    var isHard: Bool
  }

  /// What is looked at.
  enum Channel: String, Sendable {
    case out, err
  }

  /// One thing that has to hold after a call.
  enum Check: Sendable {
    case has(Channel, String)
    case hasNot(Channel, String)
    case isExactly(Channel, String)
    case isEmpty(Channel)
    case wrote(String, containing: String?)
    case wroteNothing
  }

  var testDescription: String { "\(place): \(name)" }

  /// The cases of every file, in the order of the files' names.
  static let all: [CommandCase] = {
    let folder = Bundle.module.bundleURL.appendingPathComponent("Cases")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".cases") }.sorted().flatMap { file in
      let text = try? String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      return CommandCaseReader(file: file).read(text ?? "")
    }
  }()
}
