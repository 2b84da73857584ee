import GenOpsUnits

/// Why a text is not a number of units.
public enum QuantityTextError: Error, Sendable, Equatable, CustomStringConvertible {
  case notANumber(String)
  /// `5m` or `0,5`: what is wrong, and what would be right.
  case unclear(String, help: String)
  case negative(String)
  /// `1.5`, or `1.2345k`: a part of a unit.
  case notWhole(String)
  /// Beyond 9.2 · 10¹⁸.
  case outOfRange(String)

  /// What would be right, where the text alone says it.
  public var correction: String? { if case .unclear(_, let help) = self { help } else { nil } }

  public var description: String {
    switch self {
    case .notANumber(let text): "'\(text)' is not a number of units"
    case .unclear(let message, _): message
    case .negative(let text): "'\(text)' is negative; usage counts from 0"
    case .notWhole(let text): "'\(text)' is not a whole number of units"
    case .outOfRange(let text): "'\(text)' is too large; the most is 9.2e18"
    }
  }
}

/// Whole numbers of units as people write them: `2M`, `1.5k`, `10_000_000`, `1e6`.
///
/// The result is exact: a text that is not whole after its suffix is an error, never rounded.
public enum QuantityText {
  /// The number of units that `text` says.
  public static func parse(_ text: some StringProtocol) throws(QuantityTextError) -> Int64 {
    let shown = String(text)
    let figures: Figures
    do throws(NotationFailure) { figures = try Figures(shown) } catch {
      throw error.correction.map { .unclear(error.message, help: $0) } ?? .notANumber(shown)
    }
    guard let number = figures.number() else { throw .notANumber(shown) }
    if number.isNegative, !number.isZero { throw .negative(shown) }
    do throws(Numeral.Misfit) { return try number.whole() } catch {
      switch error {
      case .notWhole: throw .notWhole(shown)
      case .outOfRange: throw .outOfRange(shown)
      }
    }
  }
}
