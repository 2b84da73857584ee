extension Explanation {
  /// Runs that are shown again or recomputed.
  static let reportText = """
    result-file
    A file is read as the result.json of a run, and something in it is missing or of another kind: a text where a
    number stands, a key that is not there. The finding names its path and its place. Such a file was cut short or
    edited.
    - genops report notes.json
    + genops report notebooks-out/posthog-budget

    result-version
    The result.json was written by another version of genops, with other names in it. Nothing is guessed from it.
    - genops report notebooks-out/posthog-budget   (written by an earlier version)
    + genops run scenarios/posthog-budget.yaml

    review-date
    review: says when a number is looked at again, and what stands there is not a day.
    - growth: {events: 2% to 6% per month, review: next spring}
    + growth: {events: 2% to 6% per month, review: 2027-04-01}

    review-due
    A number was to be looked at again before the first day that is forecast. It may still be right; its owner says.
    - review: 2026-12-31   (the forecast begins on 2027-02-15)
    + review: 2027-06-30   (after it has been checked)

    verify-scenario
    A run is recomputed from the scenario that its result.json names, as it was named when it ran, and there is no
    such file from here. A path that begins elsewhere than at / begins where the run was started.
    - cd /; genops report notebooks-out/posthog-budget --verify
    + genops report notebooks-out/posthog-budget --verify --scenario scenarios/posthog-budget.yaml
    """
}
