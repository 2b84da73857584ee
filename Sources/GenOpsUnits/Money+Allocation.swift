extension Money {
  /// Splits the amount in proportion to `weights`, so that the parts sum to the whole exactly.
  ///
  /// Largest remainder method: every part gets its share rounded toward zero, then the nano-units
  /// left over go to the largest remainders, the earlier part first on a tie. Weights below zero
  /// count as zero; when all weights are zero the result is all zeros and nothing is allocated.
  public func allocated(byWeight weights: [Int64]) -> [Money] {
    let clean = weights.map { UInt64(max(0, $0)) }
    var total: UInt64 = 0
    for weight in clean {
      let (sum, overflow) = total.addingReportingOverflow(weight)
      // Halving every weight would change shares by less than one part in 10¹⁸.
      if overflow { return allocated(byWeight: weights.map { $0 / 2 }) }
      total = sum
    }
    guard total > 0 else { return weights.map { _ in .zero } }
    let amount = nanos.magnitude
    var parts: [UInt64] = []
    var remainders: [(remainder: UInt64, index: Int)] = []
    for (index, weight) in clean.enumerated() {
      // weight ≤ total, so the high word is below the divisor and the quotient fits.
      let product = amount.multipliedFullWidth(by: weight)
      let (quotient, remainder) = total.dividingFullWidth(product)
      parts.append(quotient)
      remainders.append((remainder, index))
    }
    var left = amount - parts.reduce(0, +)
    remainders.sort { ($0.remainder, $1.index) > ($1.remainder, $0.index) }
    for entry in remainders where left > 0 {
      parts[entry.index] += 1
      left -= 1
    }
    let sign: Int64 = nanos < 0 ? -1 : 1
    return parts.map { Money(nanos: sign * Int64($0)) }
  }
}
