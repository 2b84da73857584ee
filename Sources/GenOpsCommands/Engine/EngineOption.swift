import ArgumentParser

/// Where the futures are walked.
struct EngineOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Walk the futures on an engine with many machines: spark.", valueName: "engine"))
  var engine: String?
  @Option(help: "With --engine: Spark's master, such as spark://host:7077 or yarn.")
  var master: String?
  @Option(help: "With --engine: in how many parts each scenario is cut.") var parts: Int?
  @Option(
    help: ArgumentHelp(
      "With --engine: a new folder that this machine and the executors see under one path.",
      valueName: "folder"))
  var work: String?
  @Option(
    help: ArgumentHelp(
      "With --engine: the genops that executors run, by itself this one.", valueName: "path"))
  var worker: String?
  @Option(help: ArgumentHelp("With --engine: the command spark-sql.", valueName: "path"))
  var sparkSql: String?
  @Option(
    help: ArgumentHelp(
      "With --engine: a setting of Spark. May be repeated.", valueName: "key=value"))
  var sparkConf: [String] = []
  @Flag(help: "With --engine: print the SQL and the command, and run nothing.") var dryRun = false

  func validate() throws {
    guard engine == nil else {
      if let parts, !(1...100_000).contains(parts) {
        throw ValidationError("--parts is a whole number from 1 to 100,000")
      }
      return
    }
    if master != nil || parts != nil || work != nil || worker != nil || sparkSql != nil
      || !sparkConf.isEmpty || dryRun
    {
      throw ValidationError(
        "--master, --parts, --work, --worker, --spark-sql, --spark-conf and --dry-run go with --engine spark"
      )
    }
  }

  /// Nil where they are walked here. `parts` are those of a scenario where none are asked for.
  func request(parts standard: Int) -> EngineRequest? {
    engine.map {
      EngineRequest(
        engine: $0, master: master, parts: parts ?? standard, folder: work, worker: worker,
        command: sparkSql ?? "spark-sql", configuration: sparkConf, isDry: dryRun)
    }
  }
}
