import GenOpsPostHog

/// Ten dollars for one import. Of its details 30 % are kept, and when the money is gone only what is critical.
func importFiles(_ paths: [String], _ adapter: PostHogAdapter) -> SessionBudgetStanding? {
  let budget = SessionBudget(
    limit: Money(units: 10), sampling: SamplingRates(byClass: ["detail": 0.3]))
  return adapter.withSession("import", budget: budget) { session in
    for path in paths {
      session.capture("debug_file_read", distinctID: "importer", properties: ["path": path])
      session.capture("file imported", distinctID: "importer")
    }
    session.recordConversion(distinctID: "importer")  // critical: this budget never refuses it
    return session.budgetStanding
  }
}

/// The class that the rate above is for, in front of those that are there.
func withDetails(_ configuration: AdapterConfiguration) -> AdapterConfiguration {
  var configuration = configuration
  configuration.classifier = EventClassifier(
    [EventClassifier.Rule("detail", ["debug_*"])] + configuration.classifier.rules)
  return configuration
}
