/// Test results as JUnit's XML, which every CI system reads.
///
/// Source of the shape: the schema of the Jenkins xUnit plugin, `junit-10.xsd`.
package struct JUnitDocument: Sendable {
  package struct Case: Sendable {
    package var suite: String
    package var name: String
    /// Nil when it passed: the first line is the message.
    package var failure: String?
    /// Whether it could not be run at all.
    package var isError = false

    package init(suite: String, name: String, failure: String? = nil, isError: Bool = false) {
      self.suite = suite
      self.name = name
      self.failure = failure
      self.isError = isError
    }
  }

  package var name: String
  package var cases: [Case]
  /// Shown with the suite.
  package var output: String

  package init(name: String, cases: [Case], output: String = "") {
    self.name = name
    self.cases = cases
    self.output = output
  }

  package var text: String {
    let failures = cases.count { $0.failure != nil && !$0.isError }
    let errors = cases.count { $0.failure != nil && $0.isError }
    let counts = "tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"\(errors)\""
    var out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    out += "<testsuites \(counts)>\n"
    out += "  <testsuite name=\"\(JUnitDocument.escaped(name))\" \(counts)>\n"
    for test in cases {
      out += "    <testcase classname=\"\(JUnitDocument.escaped(test.suite))\" "
      out += "name=\"\(JUnitDocument.escaped(test.name))\""
      guard let failure = test.failure else {
        out += "/>\n"
        continue
      }
      let kind = test.isError ? "error" : "failure"
      let first = failure.prefix { $0 != "\n" }
      out += ">\n      <\(kind) message=\"\(JUnitDocument.escaped(String(first)))\">"
      out += JUnitDocument.escaped(failure) + "</\(kind)>\n    </testcase>\n"
    }
    if !output.isEmpty {
      out += "    <system-out>\(JUnitDocument.escaped(output))</system-out>\n"
    }
    return out + "  </testsuite>\n</testsuites>\n"
  }

  /// Without what XML 1.0 has no place for.
  static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "\n", "\r": out.unicodeScalars.append(scalar)
      case "\t": out += " "
      default:
        let isAllowed = scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
        out.unicodeScalars.append(isAllowed ? scalar : "\u{FFFD}")
      }
    }
    return out
  }
}
