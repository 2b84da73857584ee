extension Explanation {
  /// Scenarios against each other.
  static let compareText = """
    compare-currency
    Two scenarios are compared whose price books are in different currencies. Amounts are not converted: a
    difference of euros and dollars would say nothing.
    - genops compare dollars.yaml euros.yaml
    + take price books of one currency in both

    compare-period
    Two scenarios are compared that are of different months. Futures are held against each other day by day, so
    both have to be of the same ones.
    - period: 2027-02 to 2028-01   (in one)
    - period: 2027-01 to 2027-12   (in the other)
    + the same period: in both, or --set period='2027-02 to 2028-01'

    compare-points
    Two scenarios are compared whose futures are spread in different ways, so that future 17 of one is not future
    17 of the other.
    - points: sobol   (in one alone)
    + points: sobol   (in both, or in neither)

    unknown-choice
    --against names a choice that the scenarios do not have. With one scenario the choices are 'as is' and its
    options; with several, the names of the files, and of options 'file: option'.
    - genops compare budget.yaml --against 'slow poling'
    + genops compare budget.yaml --against 'slow polling'
    """
}
