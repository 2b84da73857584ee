import GenOpsSimulation

extension Provenance {
  /// The command that gives the result again.
  var reproduction: String {
    ShellWord.joined(
      ["genops", "run", request.scenario, "--seed", "\(seed)", "--paths", "\(paths)"]
        + request.settings.flatMap { ["--set", $0] } + request.failOn.flatMap { ["--fail-on", $0] })
  }
}
