import GenOpsUnits

extension Notation {
  /// The syntax in the words of `Cases/notation.cases`.
  var dump: String { low.dump + (high.map { " to " + $0.dump } ?? "") }
}

extension Notation.Part {
  fileprivate var dump: String {
    let unit = units.isEmpty ? "" : " [" + units.joined(separator: " ") + "]"
    return form.dump + unit + per.map { " per " + $0 }.joined()
  }
}

extension Notation.Form {
  fileprivate var dump: String {
    switch self {
    case .number(let number, let isFactor): (isFactor ? "x" : "") + number.dump
    case .name(let name): "<\(name)>"
    case .group(let part):
      switch part.form {
      case .sum, .product: "{" + part.dump.dropFirst().dropLast() + "}"
      default: "{" + part.dump + "}"
      }
    case .signed(let isNegative, let part): "(\(isNegative ? "-" : "+") \(part.dump))"
    case .sum(let terms): Notation.Form.chain(terms, "+", "-")
    case .product(let terms): Notation.Form.chain(terms, "*", "/")
    }
  }

  private static func chain(_ terms: [Notation.Term], _ symbol: String, _ inverse: String)
    -> String
  {
    let words = terms.enumerated().map { index, term in
      (index == 0 ? "" : " \(term.isInverse ? inverse : symbol) ") + term.part.dump
    }
    return "(" + words.joined() + ")"
  }
}

extension Numeral {
  /// The digits and their power of ten.
  fileprivate var dump: String {
    if isZero { return "0" }
    return exponent == 0 ? digits : "\(digits)e\(exponent)"
  }
}
