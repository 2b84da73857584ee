import CGSL

/// A place in the random numbers: draws are a function of (key, path, step) and of how many were
/// taken since ``seek(_:path:step:)``.
///
/// It owns one generator and belongs to one thread; make one per worker and seek it for each path.
/// The generator is Philox4x32-10 under GSL's samplers. Samplers take a varying number of words, so
/// a model that needs the same draws at a day whatever happened before seeks that day's `step`.
public struct RandomGenerator: ~Copyable {
  let philox: UnsafeMutablePointer<genops_philox>
  /// What ``parameter()`` answers before it draws, and how many of it are taken.
  private var given: [Double] = []
  private var taken = 0
  /// The second of the two normal numbers that two words give, until it is asked for.
  var spareNormal: Double?
  /// The values of a file's variables in this path, for numbers that are derived from them
  /// (``VariableTable/inputs``); whoever walks paths sets them before each.
  public var variables: [Double] = []

  /// At draw 0 of path 0 under a key of zeros; ``seek(_:path:step:)`` before use.
  public init() {
    GSL.ready
    // A cache line of its own: `genops_philox_state` says why.
    philox = UnsafeMutableRawPointer.allocate(
      byteCount: MemoryLayout<genops_philox>.size, alignment: 64
    ).bindMemory(to: genops_philox.self, capacity: 1)
    genops_philox_begin(philox)
  }

  deinit { UnsafeMutableRawPointer(philox).deallocate() }

  /// At the first draw of `path` under `key`.
  public init(_ key: RandomKey, path: Int = 0, step: Int = 0) {
    self.init()
    seek(key, path: path, step: step)
  }

  /// Goes to the first draw of (`key`, `path`, `step`). `path` and `step` are below 2³².
  public mutating func seek(_ key: RandomKey, path: Int, step: Int = 0) {
    genops_philox_seek(&philox.pointee.state, key.bits, UInt32(path), UInt32(step))
    spareNormal = nil
    taken = given.count
  }

  /// The uniform number in (0, 1) that decides a parameter: the next one given, else one drawn.
  public mutating func parameter() -> Double {
    // Drawn even when one is given, so that giving parameters leaves all later draws as they were.
    let drawn = uniform()
    guard taken < given.count else { return drawn }
    taken += 1
    return given[taken - 1]
  }

  /// Decides the next parameters by these uniform numbers, in (0, 1), instead of by draws; holds
  /// until the next ``seek(_:path:step:)``.
  ///
  /// So the parameters of a growth model can be correlated with other inputs or lie on Sobol'
  /// points, while what happens from day to day stays random.
  public mutating func give(_ uniforms: some Sequence<Double>) {
    given.removeAll(keepingCapacity: true)
    given.append(contentsOf: uniforms)
    taken = 0
  }

  /// How many numbers were given and not taken.
  var untaken: Int { given.count - taken }

  /// The generator as GSL's samplers take it.
  var rng: UnsafeMutablePointer<gsl_rng> {
    // `rng` is the first member of `genops_philox`, so both have one address.
    UnsafeMutableRawPointer(philox).assumingMemoryBound(to: gsl_rng.self)
  }

  /// The next 32 random bits.
  public mutating func word() -> UInt32 { genops_philox_next(&philox.pointee.state) }

  /// A whole number in `0 ..< bound`, all alike to within `bound` · 2⁻³²; `bound` is 1 … 2³²−1.
  ///
  /// Multiplies and shifts instead of rejecting, so that it takes exactly one word (D. Lemire,
  /// "Fast Random Integer Generation in an Interval", 2019, without its rejection step).
  public mutating func index(below bound: Int) -> Int {
    Int((UInt64(word()) &* UInt64(UInt32(bound))) >> 32)
  }
}
