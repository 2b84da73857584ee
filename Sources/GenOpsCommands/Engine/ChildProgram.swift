import Foundation

/// Another program that is run and waited for.
///
/// It is of this one's process group, so that a terminal's Ctrl-C ends both: Foundation's `Process` gives a child a
/// group of its own, and Spark would go on for hours after the program that reads its result has ended.
enum ChildProgram {
  /// How it ended.
  enum Ending: Equatable {
    case status(Int32)
    case signal(Int32)
  }

  /// It was not started, in the system's words.
  struct NotStarted: Error {
    var isMissing: Bool
    var reason: String
  }

  /// Runs the program that the first word names, found as a shell finds it; what it writes goes to the file `output`,
  /// and what it says of errors to `errors`, where that is another one.
  static func run(_ words: [String], output: String, errors: String? = nil) throws(NotStarted)
    -> Ending
  {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(
      &actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    if let errors {
      posix_spawn_file_actions_addopen(
        &actions, STDERR_FILENO, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    } else {
      posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
    }
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var environment: [UnsafeMutablePointer<CChar>?] =
      ProcessInfo.processInfo.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in arguments + environment { free(text) } }
    var process: pid_t = 0
    let code = posix_spawnp(
      &process, words.first ?? "", &actions, nil, &arguments, &environment)
    guard code == 0 else {
      throw NotStarted(isMissing: code == ENOENT, reason: String(cString: strerror(code)))
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    // As `wait(2)` packs them: the signal in the low seven bits, else the status in the next eight.
    let signal = status & 0x7F
    return signal == 0 ? .status(status >> 8 & 0xFF) : .signal(signal)
  }
}
