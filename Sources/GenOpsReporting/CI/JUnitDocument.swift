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
    out += "  <testsuite name=\"\(HTMLText(name))\" \(counts)>\n"
    for test in cases {
      out += "    <testcase classname=\"\(HTMLText(test.suite))\" "
      out += "name=\"\(HTMLText(test.name))\""
      guard let failure = test.failure else {
        out += "/>\n"
        continue
      }
      let kind = test.isError ? "error" : "failure"
      let first = failure.prefix { !$0.isNewline }
      out += ">\n      <\(kind) message=\"\(HTMLText(String(first)))\">"
      out += Markup.escaped(failure) + "</\(kind)>\n    </testcase>\n"
    }
    if !output.isEmpty {
      out += "    <system-out>\(Markup.escaped(output))</system-out>\n"
    }
    return out + "  </testsuite>\n</testsuites>\n"
  }
}
