public import GenOpsUnits

extension Measure {
  static func parsed(
    _ tokens: NotationTokens, _ table: VariableTable, mayRange: Bool, at location: SourceLocation,
    _ findings: inout Findings
  ) -> Measure? {
    do throws(FormulaFailure) {
      let notation: Notation
      do throws(NotationFailure) { notation = try Notation(tokens) } catch {
        throw FormulaFailure(error, table)
      }
      return try FormulaEvaluator(table: table).measure(notation, mayRange: mayRange)
    } catch {
      // Without a code it was said where the variable is defined.
      if !error.isReported {
        findings.error(error.code, error.message, help: error.help, at: location)
      }
      return nil
    }
  }

  /// A number, an interval or a formula, or a finding; `message` and `help` are for what is none of
  /// them.
  static func read(
    _ node: Node, _ message: String, help: String, _ table: VariableTable,
    _ findings: inout Findings
  ) -> Measure? {
    var correction: NotationFailure?
    do throws(NotationFailure) {
      if let text = node.text {
        let tokens = try NotationTokens(text)
        if !tokens.tokens.isEmpty {
          return parsed(tokens, table, mayRange: true, at: node.location, &findings)
        }
      }
    } catch {
      if error.correction != nil { correction = error }
    }
    findings.error(
      "not-a-formula", correction?.message ?? message, help: correction?.help ?? help,
      at: node.location)
    return nil
  }

  /// A distribution with whatever unit its amounts carry: `{dist: normal, mean: 4% per month, sd:
  /// 1% per month}`. A unit that is written once covers all.
  public static func distribution(
    _ node: Node, key: String, scope: VariableTable, _ findings: inout Findings
  ) -> Measure? {
    let unit = UnitOfAmounts()
    let value = UncertainValue.decode(node, key: key, &findings) { node, name, findings in
      guard
        let measure = read(
          node, "'\(name)' is a number with its unit, this is \(node.kindName)",
          help: "\(name): 40k", scope, &findings)
      else { return nil }
      if let mismatch = unit.add(measure) {
        findings.error(
          "unit-mismatch", mismatch, help: "write all amounts of '\(key)' in one unit",
          at: node.location)
        return nil
      }
      return measure.value
    }
    guard let value else { return nil }
    var measure = unit.common ?? Measure(value)
    measure.value = value
    return measure
  }

  /// The unit of the amounts of one distribution, while they are read.
  private final class UnitOfAmounts {
    var common: Measure?

    /// What is wrong when this one is in another unit.
    func add(_ measure: Measure) -> String? {
      let isBare = measure.units.isEmpty && measure.per.isEmpty && measure.sign == .none
      guard let common else {
        if !isBare { self.common = measure }
        return nil
      }
      let fits =
        isBare
        || (common.units == measure.units && common.per == measure.per
          && common.sign == measure.sign)
      return fits ? nil : "\(common.unitText) and \(measure.unitText) stand in one distribution"
    }
  }
}
