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

    cap-exceeded
    A series has a value above the level that --cap says it saturates at. It is forecast without the cap.
    - --cap 5000     with     web,2027-02-14,6120
    + --cap 8000

    cap-negative
    A series with values below 0 does not saturate at a level as usage does. It is forecast without the cap.
    + leave --cap out, or name the series it is for: --cap web=5000

    holidays-unused
    Holidays were named, and the steps of a series are not days with dates.
    + give a row for each day, with its date

    holiday-unseen
    A holiday that was named is not among the days of a history, so nothing is known of what it does.
    + give a history that holds it once at least
    """#
}
