extension Explanation {
  /// What the models of a series of equal steps say of what they were given.
  static let seriesModelText = #"""
    short-series
    A series is shorter than two of its seasons, so that the season cannot be told from chance, or so short
    that no forecast of the past went as far ahead as is asked: how far the last steps may miss is then
    reckoned from nearer ones.
    - genops forecast months.csv --horizon 24     (30 months)
    + genops forecast months.csv --horizon 6

    unreliable-forecast
    The answer is a guess: there are fewer values than a model needs, most of them are unknown, or forecasts
    of the past missed by a factor of five and more. The range says how wide the guess is.
    - web,2027-02-14,812     (the only value)
    + give more history, or ask for fewer steps

    constant-series
    All values of a series are the same, and so is the forecast.
    + nothing to do

    gaps-filled
    Some values of a series are unknown, which is not zero. For the forecast those of the season before and
    after stand in.
    + nothing to do; write 0 where nothing happened

    intermittent-series
    A series is zero most of the time. Its forecast has no trend and no season: values are drawn from those of
    the past, later ones more often.
    + add series up that belong together, or use longer steps
    """#
}
