/// Where the futures of a run are walked, when that is not this process.
package struct EngineRequest: Sendable, Equatable {
  /// The name of the engine; `spark` is the one there is.
  package var engine: String
  /// What Spark calls its master: `spark://host:7077`, `yarn`, `local-cluster[2,1,600]`; nil leaves it to Spark's
  /// own configuration.
  package var master: String?
  /// In how many parts each scenario is cut.
  package var parts: Int
  /// A new folder that this machine and the executors see under one path.
  package var folder: String?
  /// The program that executors run, where they are not of this machine's kind.
  package var worker: String?
  /// The command that runs SQL on Spark.
  package var command: String
  /// `key=value` of Spark's configuration.
  package var configuration: [String]
  /// Whether the SQL and the command are printed, and nothing is run.
  package var isDry: Bool

  package init(
    engine: String, master: String? = nil, parts: Int, folder: String? = nil,
    worker: String? = nil, command: String = "spark-sql", configuration: [String] = [],
    isDry: Bool = false
  ) {
    self.engine = engine
    self.master = master
    self.parts = parts
    self.folder = folder
    self.worker = worker
    self.command = command
    self.configuration = configuration
    self.isDry = isDry
  }
}
