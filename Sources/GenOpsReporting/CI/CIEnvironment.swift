/// What the machine that runs a check offers, from its environment variables.
package struct CIEnvironment: Sendable {
  /// `CI=true`: nothing is written but what the run is for.
  package var isCI: Bool
  /// GitHub reads workflow commands from the output.
  package var takesAnnotations: Bool
  /// The file that GitHub shows below the job; nil without one.
  package var summaryFile: String?

  package init(_ variables: [String: String] = [:]) {
    isCI = ["true", "1"].contains(variables["CI"]?.lowercased())
    takesAnnotations = variables["GITHUB_ACTIONS"] == "true"
    summaryFile = variables["GITHUB_STEP_SUMMARY"].flatMap { $0.isEmpty ? nil : $0 }
  }
}
