import GenOpsIngestion
import GenOpsUnits

extension BillingStatement {
  /// Reads the file at `path`, which the user named `name`.
  ///
  /// It does not throw: a file that cannot be read is a statement with an error among its findings.
  package static func load(path: String, name: String) -> BillingStatement {
    do throws(FindingsError) {
      return read(try WholeFile.bytes(path: path, name: name), name: name)
    } catch { return BillingStatement(findings: error.findings) }
  }

  /// Reads answers of `/api/billing/` and `/api/billing/spend/` that stand one after the other.
  package static func read(_ bytes: [UInt8], name: String) -> BillingStatement {
    do throws(FindingsError) {
      let (text, notes) = try WholeFile.text(bytes, name: name)
      if !UsageFile.isJSON(text) { throw notAnswer(text, name: name) }
      var statement = read(try JSONParser.parseStream(text, file: name), name: name)
      statement.findings.merge(notes)
      return statement
    } catch { return BillingStatement(findings: error.findings) }
  }

  /// What a file is that holds no answer: exports of usage and spend lie beside each other in PostHog.
  private static func notAnswer(_ text: [UInt8], name: String) -> FindingsError {
    let place = SourceLocation(file: name, line: 1, column: 1)
    let export = UsageFile.read(text, name: name)
    if !export.isRecognized {
      return FindingsError(
        "bill-format", "'\(name)' is not a billing answer: those are JSON",
        help: "expected answers of /api/billing/ and /api/billing/spend/", at: place)
    }
    if export.findings.all.contains(where: { $0.code == "history-is-spend" }) {
      return FindingsError(
        "bill-format", "'\(name)' is PostHog's export of spend, which does not say what was billed",
        help: "ask for the answer of /api/billing/spend/ instead", at: place)
    }
    return FindingsError(
      "bill-is-usage", "'\(name)' is an export of usage and holds no money",
      help: "put it under history: and the answers of /api/billing/ under bills:", at: place)
  }

  private static func read(_ documents: [Node], name: String) -> BillingStatement {
    var findings = RepeatedFindings()
    var statement = BillingStatement()
    let answers = documents.filter(BillingAnswer.recognizes)
    if let (answer, left) = BillingAnswer.joined(answers, &findings) {
      statement.current = BillingAnswer.read(answer, &findings)
      for other in left {
        findings.add(
          .note, "bill-repeated", "the file has several answers of /api/billing/",
          help: "the one of the latest period is used", at: other.location)
      }
    }
    statement.anchorDay = statement.current?.period?.anchorDay
    var spend = SpendReader(anchorDay: statement.anchorDay)
    for document in documents where !BillingAnswer.recognizes(document) {
      spend.read(document, &findings)
    }
    statement.periods = spend.periods(current: statement.current, &findings)
    if statement.current == nil, statement.periods.isEmpty, !findings.findings.hasErrors {
      findings.add(
        .error, "bill-format", "'\(name)' holds no bill",
        help: "expected answers of /api/billing/ and /api/billing/spend/",
        at: SourceLocation(file: name, line: 1, column: 1))
    }
    statement.findings = findings.finished()
    return statement
  }
}
