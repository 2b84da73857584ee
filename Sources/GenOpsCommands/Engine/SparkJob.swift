import Foundation
import GenOpsReporting
import GenOpsUnits

/// The parts of runs as one job of Apache Spark: each line of a file is a part, a worker on an executor reads lines and
/// writes shards, and Spark writes what they wrote to a folder.
///
/// Spark runs `spark-sql`, which every installation has, and the program itself, which travels with the job: no library
/// of Spark's, no Python on executors and no catalog. A worker whose status is not 0 fails its task; Spark drops what
/// it wrote and runs the task again.
struct SparkJob {
  let request: EngineRequest
  let jobs: [WorkerJob]
  /// Everything of the job is in here.
  let folder: String
  /// The program that travels.
  let worker: String

  var partsFile: String { folder + "/parts.jsonl" }
  var sqlFile: String { folder + "/job.sql" }
  var logFile: String { folder + "/spark.log" }
  var shards: String { folder + "/shards" }

  /// A line for each part.
  var parts: String { jobs.map { $0.line + "\n" }.joined() }

  /// What Spark runs. One column in and out: script transformation escapes nothing, and a line has no tab.
  var sql: String {
    """
    CREATE TEMPORARY VIEW parts USING text OPTIONS (path \(SparkJob.quoted(partsFile)));
    INSERT OVERWRITE DIRECTORY \(SparkJob.quoted("file://" + shards)) USING text
    SELECT TRANSFORM (value)
      ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\t'
      USING \(SparkJob.quoted("./\(SparkJob.name(of: worker)) worker simulate"))
      AS (line STRING)
      ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\t'
    FROM (SELECT /*+ REPARTITION(\(partitions)) */ value FROM parts);

    """
  }

  /// A task for each part, up to as many as a driver likes to watch over.
  private var partitions: Int { max(1, min(jobs.count, 10_000)) }

  /// The words of the command.
  var command: [String] {
    var words = [request.command]
    if let master = request.master { words += ["--master", master] }
    words += [
      "--name", "genops",
      // No Hive, which would leave a database in the folder one is in.
      "--conf", "spark.sql.catalogImplementation=in-memory",
      // It would join tasks whose input is small, and a line of input is hours of work.
      "--conf", "spark.sql.adaptive.enabled=false",
      "--conf", "spark.sql.warehouse.dir=file://\(folder)/warehouse",
    ]
    for pair in request.configuration { words += ["--conf", pair] }
    return words + ["--files", worker, "-f", sqlFile]
  }

  /// What would be run, for a reader.
  var dryRun: String {
    "-- \(NumberText.counted(jobs.count, "part")), a line of JSON each; the first:\n-- "
      + (jobs.first?.line ?? "") + "\n\n" + sql + "\n-- " + ShellWord.joined(command) + "\n"
  }

  /// The last part of a path: what a file that travels is called where it arrives.
  private static func name(of path: String) -> String {
    URL(literal: path).lastPathComponent
  }

  /// A text of Spark's SQL, in which a backslash escapes.
  private static func quoted(_ text: String) -> String {
    var quoted = "'"
    for scalar in text.unicodeScalars {
      if scalar == "'" || scalar == "\\" { quoted += "\\" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "'"
  }
}
