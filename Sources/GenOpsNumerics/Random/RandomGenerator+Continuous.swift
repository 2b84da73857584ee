import CGSL

extension RandomGenerator {
  /// A number in the open interval (0, 1), 53 bits.
  public mutating func uniform() -> Double { gsl_rng_uniform_pos(rng) }

  /// An exponential number with this mean.
  public mutating func exponential(mean: Double) -> Double { gsl_ran_exponential(rng, mean) }

  /// A gamma number with mean `shape` · `scale` (Marsaglia and Tsang, `gsl_ran_gamma`).
  ///
  /// For a shape that is not a positive number GSL never finds one that it accepts, so the mean is
  /// given, which for ever larger shapes is the limit.
  public mutating func gamma(shape: Double, scale: Double) -> Double {
    shape > 0 && shape.isFinite ? gsl_ran_gamma(rng, shape, scale) : shape * scale
  }
}
