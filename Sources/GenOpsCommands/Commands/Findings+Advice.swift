import GenOpsUnits

extension Findings {
  /// The same with `help` as what to do about `code`, in the words of the verb that runs: an option of
  /// another verb, or a key of a file that is not there yet, is no help.
  func advising(_ code: String, _ help: String) -> Findings {
    Findings(
      all.map { finding in
        var told = finding
        if told.code == code { told.help = help }
        return told
      })
  }

  /// The same with the advice for a file that is named on the command line, where one is missing and no
  /// place in a scenario names it.
  var namedHere: Findings {
    Findings(
      all.map { finding in
        var told = finding
        if told.code == "file-missing", told.location == nil,
          told.help?.hasPrefix("check the path") == true
        {
          told.help = "check the path; it starts from the folder you are in"
        }
        return told
      })
  }
}
