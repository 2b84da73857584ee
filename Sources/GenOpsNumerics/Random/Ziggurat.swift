import CGSL
import Foundation

/// Normal numbers in bulk: Marsaglia and Tsang's ziggurat ("The Ziggurat Method for Generating
/// Random Variables", 2000) in Doornik's form (2005), with 256 layers and one 32-bit word for 98.8
/// % of the draws. Not `gsl_ran_gaussian_ziggurat`: that one is called through two pointers per
/// number and takes twice the time.
enum Ziggurat {
  /// Where the tail begins, and the area of each layer, for 256 layers.
  static let tail = 3.6541528853610088
  static let area = 0.00492867323399

  /// Right ends of the layers, from the widest to 0; the first stands for the layer with the tail.
  static let ends: [Double] = {
    var ends = [area / exp(-tail * tail / 2), tail]
    for layer in 2..<256 {
      let above = ends[layer - 1]
      ends.append((-2 * log(area / above + exp(-above * above / 2))).squareRoot())
    }
    return ends + [0]
  }()
}

extension RandomGenerator {
  /// Fills `numbers` with standard normal numbers. A distribution of their own, not those of
  /// ``normal()``; the first of n are the same for every n.
  public mutating func fillNormals(_ numbers: UnsafeMutableBufferPointer<Double>) {
    guard let start = numbers.baseAddress else { return }
    let count = numbers.count
    Ziggurat.ends.withUnsafeBufferPointer { ends in
      for index in 0..<count {
        // 8 bits choose the layer, 24 the place in it.
        let word = genops_philox_next(&philox.pointee.state)
        let layer = Int(word & 255)
        let place = (Double(word >> 8) + 0.5) * 0x1p-23 - 1
        let x = place * ends[layer]
        start[index] = abs(x) < ends[layer + 1] ? x : beside(x, layer)
      }
    }
  }

  /// The draw when the place is not surely under the curve.
  @inline(never)
  private mutating func beside(_ first: Double, _ firstLayer: Int) -> Double {
    var (x, layer) = (first, firstLayer)
    while true {
      let (outer, inner) = (Ziggurat.ends[layer], Ziggurat.ends[layer + 1])
      if abs(x) < inner { return x }
      if layer == 0 {
        // Beyond the tail's beginning, by Marsaglia's method (1964).
        while true {
          let step = -log(uniform()) / Ziggurat.tail
          if -2 * log(uniform()) > step * step {
            return x < 0 ? -Ziggurat.tail - step : Ziggurat.tail + step
          }
        }
      }
      let high = exp((x * x - inner * inner) / 2)
      let low = exp((x * x - outer * outer) / 2)
      if low + uniform() * (high - low) < 1 { return x }
      let word = genops_philox_next(&philox.pointee.state)
      layer = Int(word & 255)
      x = ((Double(word >> 8) + 0.5) * 0x1p-23 - 1) * Ziggurat.ends[layer]
    }
  }
}
