import Foundation
import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// Walks the futures of scenarios on Spark, and gives their shards.
enum SparkEngine {
  /// What is to be walked: a scenario with its overrides, and how many futures it has.
  struct Run {
    var scenario: String
    var overrides: ScenarioReader.Overrides
    var paths: Int
  }

  /// The job that walks all of `runs`, each in as many parts as the request says.
  static func job(_ runs: [Run], _ request: EngineRequest) throws(FindingsError) -> SparkJob {
    guard request.engine == "spark" else {
      throw FindingsError(
        "unknown-engine", "there is no engine '\(request.engine)'", help: "known: spark")
    }
    let here = FileManager.default.currentDirectoryPath
    let folder =
      request.folder.map { absolute($0, here) }
      ?? here + "/notebooks-out/spark-\(getpid())"
    var jobs: [WorkerJob] = []
    for run in runs {
      for index in 0..<request.parts {
        guard let part = ShardPart(index, of: request.parts) else { continue }
        let range = part.range(of: run.paths)
        // More parts than futures leave some without any.
        if range.isEmpty { continue }
        jobs.append(
          WorkerJob(
            scenario: absolute(run.scenario, here), overrides: run.overrides, paths: range))
      }
    }
    return SparkJob(
      request: request, jobs: jobs, folder: folder,
      worker: absolute(request.worker ?? program, here))
  }

  /// Runs the job and reads what it wrote; the folder goes when all of that went well.
  static func shards(_ job: SparkJob) throws(FindingsError) -> [Shard] {
    let files = FileManager.default
    if files.fileExists(atPath: job.folder) {
      throw FindingsError(
        "exists", "'\(job.folder)' is there already", help: "name a new folder with --work")
    }
    do {
      try files.createDirectory(atPath: job.folder, withIntermediateDirectories: true)
      try Data(job.parts.utf8).write(to: URL(literal: job.partsFile))
      try Data(job.sql.utf8).write(to: URL(literal: job.sqlFile))
    } catch {
      throw FindingsError(
        "unwritable", "'\(job.folder)' cannot be written", help: "name another with --work")
    }
    try run(job)
    guard files.fileExists(atPath: job.shards + "/_SUCCESS") else {
      throw failed(job, "Spark ended well and left no _SUCCESS beside what it wrote")
    }
    var reader = ShardReader()
    reader.read(path: job.shards)
    try reader.findings.throwIfErrors()
    try? files.removeItem(atPath: job.folder)
    return reader.shards
  }

  /// Runs the command to its end. What it says goes to a file of the job.
  private static func run(_ job: SparkJob) throws(FindingsError) {
    let ending: ChildProgram.Ending
    do throws(ChildProgram.NotStarted) {
      ending = try ChildProgram.run(job.command, output: job.logFile)
    } catch {
      throw FindingsError(
        "engine-failed",
        error.isMissing
          ? "there is no program '\(job.request.command)'"
          : "'\(job.request.command)' cannot be started: \(error.reason)",
        help: "name it with --spark-sql; it is in the bin folder of a Spark installation")
    }
    switch ending {
    case .status(0): return
    case .status(let status): throw failed(job, "Spark ended with status \(status)")
    case .signal(let signal): throw failed(job, "Spark was ended by signal \(signal)")
    }
  }

  private static func failed(_ job: SparkJob, _ what: String) -> FindingsError {
    let text = (try? FileBytes.content(of: job.logFile, atMost: 64 << 20)) ?? []
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
    // The cause of a worker's end stands in a line of its own, between Java's calls.
    let cause =
      lines.last { $0.contains("Subprocess exited with status") }
      ?? lines.last {
        $0.contains("Exception") || $0.contains("rror:")
      }
    return FindingsError(
      "engine-failed", what + (cause.map { ": \($0.prefix(300))" } ?? ""),
      help: "all that it said is in \(job.logFile)")
  }

  private static func absolute(_ path: String, _ folder: String) -> String {
    path.hasPrefix("/") ? path : URL(literal: folder + "/" + path).standardizedFileURL.path
  }

  /// The file of this program.
  private static var program: String {
    URL(literal: "/proc/self/exe").resolvingSymlinksInPath().path
  }
}
