import GenOpsReporting

extension Sample {
  /// How the sample was run.
  static let footer = ReportFooter(
    scenarioFile: "posthog-budget.yaml",
    files: [
      "notebooks-out/posthog-budget/report.html", "notebooks-out/posthog-budget/report.ipynb",
      "notebooks-out/posthog-budget/result.json",
    ],
    elapsed: "1.8 s",
    next: [
      "genops optimize posthog-budget.yaml",
      "genops track posthog-budget.yaml --usage NEW.csv",
    ],
    reproduce: "genops run posthog-budget.yaml --seed 42 --paths 10000")
}
