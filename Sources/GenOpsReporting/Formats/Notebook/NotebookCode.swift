/// The Python of a notebook. It reads the rows that a run writes beside it; what they are, ``RunRecords``
/// says.
enum NotebookCode {
  static let load = """
    import matplotlib.pyplot as plt
    import pandas as pd

    # One row per record: cumulative days, months, quarters, options, budgets, findings.
    # A name is a name: neither "NA" nor a pair of dollar signs means anything else.
    rows = pd.read_csv("report.csv", keep_default_na=False, na_values=[""])
    plt.rcParams["text.parse_math"] = False
    unit = rows.loc[rows["measure"] == "cost", "unit"].iloc[0]


    def records(record, measure):
        return rows[(rows["record"] == record) & (rows["measure"] == measure)]
    """

  /// By the chart that it draws again.
  static let drawing = [
    "fan": """
    days = records("day", "cumulative").assign(day=lambda d: pd.to_datetime(d["period"]))
    expected = days[days["p10"].notna()]
    actual = expected[expected["text"] == "actual"]
    figure, axes = plt.subplots(figsize=(10, 4))
    low, high = expected["p10"], expected["p90"]
    axes.fill_between(expected["day"], low, high, alpha=0.25, label="8 of 10 futures")
    axes.plot(expected["day"], expected["mean"], label="expected, as is")
    axes.plot(actual["day"], actual["mean"], color="black", linewidth=3)
    for name, option in days[days["p10"].isna()].groupby("name"):
        axes.plot(option["day"], option["mean"], linestyle="--", label=f'with "{name}"')
    budgets = records("budget", "limit")
    for _, budget in budgets[budgets["period"] == "year"].iterrows():
        label = f"budget: {budget['name']}"
        axes.axhline(budget["mean"], color="firebrick", linestyle="--", label=label)
    axes.set_ylabel(unit)
    axes.legend(loc="upper left")
    plt.show()
    """,
    "months": """
    months = records("month", "cost").set_index("period")
    figure, axes = plt.subplots(figsize=(10, 4))
    axes.bar(months.index, months["mean"])
    axes.vlines(months.index, months["p10"], months["p90"], color="black")
    axes.set_ylabel(unit)
    axes.tick_params(axis="x", rotation=45)
    plt.show()
    """,
    "options": """
    options = records("option", "cost").set_index("name")[::-1]
    figure, axes = plt.subplots(figsize=(10, 1 + 0.5 * len(options)))
    axes.hlines(options.index, options["p10"], options["p90"], linewidth=8, alpha=0.3)
    axes.plot(options["mean"], options.index, "o")
    axes.set_xlabel(unit)
    axes.set_xlim(left=0)
    plt.show()
    """,
  ]

  static let further = """
    All numbers of the report are in `rows`: the cost and usage of each month by meter with quantiles,
    options with what they lose, budgets. What each meter costs by month, for example:
    """

  static let start = """
    costs = rows[(rows["record"] == "month") & rows["measure"].str.startswith("cost:")]
    costs = costs.assign(meter=costs["measure"].str.removeprefix("cost:"))
    costs.pivot(index="period", columns="meter", values="mean").round(2)
    """
}
