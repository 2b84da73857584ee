import CGSL

/// Draws the uncertain inputs of a run together: each by its distribution, tied by rank
/// correlations, on random or on evenly spread points.
///
/// ```swift
/// let sampler = InputSampler(inputs: inputs, correlations: correlations, points: .sobol, source:
/// source) let values = sampler.values(path: 17)        // one number per input, in their order let
/// error = sampler.standardError(ofMean: costs)   // costs[i] computed from path i
/// ```
///
/// A path is a function of the seed, the inputs and its number: any path can be drawn alone, on any
/// thread. Each input draws under its own name, so adding an input that is tied to nothing leaves
/// all others as they were. (On Sobol' and Halton points an input's dimension is its place among
/// the uncertain inputs: there, add at the end, and put those that matter most first.)
///
/// The parameters of growth models are inputs like others: register
/// ``GrowthModel/uncertainParameters`` and pass their ``uniforms(path:)`` to
/// ``PathGenerator/means(path:into:using:parameters:)``. With ``UncertainInput/place`` at the
/// number that the model itself would draw, independent inputs come out as if the model had drawn
/// them.
public struct InputSampler: Sendable {
  /// Where the inputs' points lie in the unit cube.
  public enum Points: String, Sendable, Hashable, CaseIterable {
    /// Independent.
    case random
    /// Path 2j + 1 is the mirror image of path 2j: what is monotone in the inputs cancels.
    case antithetic
    /// Scrambled Sobol' points in the first 40 uncertain inputs, random in the others.
    case sobol
    /// Shifted Halton points in the first 12 uncertain inputs, random in the others.
    case halton
  }

  public let inputs: [UncertainInput]
  public let points: Points
  /// Independent randomizations among which the paths of Sobol' and Halton points are dealt out in
  /// turn: path i is point i / 8 of randomization i mod 8. Their spread is what makes a standard
  /// error honest.
  public static let replications = 8

  private let keys: [RandomKey]
  /// The dimension of each input among evenly spread points; nil where it is random or certain.
  private let dimensions: [Int?]
  /// Words that scramble (Sobol') or shift (Halton) dimension d in replication r: at
  /// d · replications + r.
  private let randomizations: [UInt32]
  private let groups: [Group]
  private let copula: Copula

  private struct Group: Sendable {
    var indices: [Int]
    var factor: [Double]
    /// For the common scale of a t copula.
    var scaleKey: RandomKey
  }

  /// `inputs` have different names; the correlations are among them.
  public init(
    inputs: [UncertainInput], correlations: Correlations = .none, points: Points = .random,
    source: RandomSource
  ) {
    GSL.ready
    self.inputs = inputs
    self.points = points
    keys = inputs.map {
      source.key($0.place?.name ?? $0.name, purpose: $0.place?.purpose ?? "input")
    }
    let available =
      switch points {
      case .random, .antithetic: 0
      case .sobol: SobolPoints.dimensions
      case .halton: HaltonPoints.dimensions
      }
    var used = 0
    var leading: [UncertainInput] = []
    dimensions = inputs.map { input in
      guard used < available, !input.distribution.isConstant else { return nil }
      leading.append(input)
      used += 1
      return used - 1
    }
    randomizations = leading.flatMap { input in
      let key = source.key(input.name, purpose: "points")
      return (0..<InputSampler.replications).map { replication in
        var generator = RandomGenerator(key, path: replication)
        // 0 would leave the points as they are.
        return max(1, generator.word())
      }
    }
    copula = correlations.copula
    groups = correlations.groups.map { group in
      let indices = group.names.compactMap { name in inputs.firstIndex { $0.name == name } }
      return Group(
        indices: indices, factor: group.factor,
        scaleKey: source.key(group.names.joined(separator: " "), purpose: "copula"))
    }
  }

  /// One value per input.
  public func values(path: Int) -> [Double] {
    zip(inputs, uniforms(path: path)).map { $0.distribution.quantile($1) }
  }

  /// One uniform number in (0, 1) per input: the place of its value in its distribution.
  public func uniforms(path: Int) -> [Double] {
    var generator = RandomGenerator()
    var uniforms = [Double](repeating: 0, count: inputs.count)
    uniforms.withUnsafeMutableBufferPointer {
      self.uniforms(path: path, into: $0, using: &generator)
    }
    return uniforms
  }

  /// ``values(path:)`` without allocating; `values` has a place per input.
  public func values(
    path: Int, into values: UnsafeMutableBufferPointer<Double>,
    using generator: inout RandomGenerator
  ) {
    uniforms(path: path, into: values, using: &generator)
    for index in inputs.indices {
      values[index] = inputs[index].distribution.quantile(values[index])
    }
  }

  /// ``uniforms(path:)`` without allocating (but for correlations); `uniforms` has a place per
  /// input.
  public func uniforms(
    path: Int, into uniforms: UnsafeMutableBufferPointer<Double>,
    using generator: inout RandomGenerator
  ) {
    let drawn = points == .antithetic ? path / 2 : path
    let isMirror = points == .antithetic && path % 2 == 1
    for index in inputs.indices {
      if inputs[index].distribution.isConstant {
        uniforms[index] = 0.5
      } else if let dimension = dimensions[index] {
        uniforms[index] = spread(path, dimension)
      } else {
        generator.seek(keys[index], path: drawn)
        for _ in 0..<(inputs[index].place?.index ?? 0) { _ = generator.uniform() }
        let u = generator.uniform()
        uniforms[index] = isMirror ? 1 - u : u
      }
    }
    for group in groups { tie(group, drawn, uniforms, &generator) }
  }

  private func spread(_ path: Int, _ dimension: Int) -> Double {
    let (replication, point) = (
      path % InputSampler.replications, path / InputSampler.replications
    )
    let word = randomizations[dimension * InputSampler.replications + replication]
    return points == .sobol
      ? SobolPoints.point(point, dimension, scramble: word)
      : HaltonPoints.point(point, dimension, shift: (Double(word) + 0.5) * 0x1p-32)
  }

  /// Independent uniform numbers become those of the copula: x = L·z, then back through the normal
  /// or the t distribution function. The first of a group keeps its number under a Gaussian copula.
  private func tie(
    _ group: Group, _ path: Int, _ uniforms: UnsafeMutableBufferPointer<Double>,
    _ generator: inout RandomGenerator
  ) {
    let normals = group.indices.map { gsl_cdf_ugaussian_Pinv(uniforms[$0]) }
    var degrees: Double?
    var scale = 1.0
    if case .t(let nu) = copula {
      degrees = nu
      generator.seek(group.scaleKey, path: path)
      scale = (nu / gsl_cdf_chisq_Pinv(generator.uniform(), nu)).squareRoot()
    }
    let size = group.indices.count
    for row in 0..<size {
      var x = 0.0
      for column in 0...row { x += group.factor[row * size + column] * normals[column] }
      let u = degrees.map { gsl_cdf_tdist_P(x * scale, $0) } ?? gsl_cdf_ugaussian_P(x)
      uniforms[group.indices[row]] = min(1.0.nextDown, max(.leastNormalMagnitude, u))
    }
  }

  /// Which independent randomization a path belongs to: paths of different ones are independent of
  /// each other, those of one are not.
  public func replication(of path: Int) -> Int {
    switch points {
    case .random: path
    case .antithetic: path / 2
    case .sobol, .halton: path % InputSampler.replications
    }
  }

  /// The standard error of the mean of `sample`, which has a number for each of the paths 0, 1, 2,
  /// …: from the means of the independent randomizations, since the paths of one are not
  /// independent sample. On Sobol' and Halton points it rests on 8 means and is itself off by a
  /// quarter.
  public func standardError(ofMean sample: [Double]) -> Double {
    if points == .random { return Statistics.standardError(sample) }
    var sums: [Double] = []
    var counts: [Double] = []
    for (path, value) in sample.enumerated() {
      let index = replication(of: path)
      if index >= sums.count {
        sums.append(0)
        counts.append(0)
      }
      sums[index] += value
      counts[index] += 1
    }
    return Statistics.standardError(zip(sums, counts).map { $0 / $1 })
  }
}
