/// Who a unit of usage belongs to: the dimensions costs are shown by and budgets are scoped to.
public struct Attribution: Sendable, Hashable {
  public var team: String?
  public var project: String?
  public var environment: String?
  public var customer: String?
  public var costCenter: String?
  public var feature: String?

  /// Belongs to nobody.
  public static let none = Attribution()

  /// A dimension that is left out is not known.
  public init(
    team: String? = nil, project: String? = nil, environment: String? = nil,
    customer: String? = nil, costCenter: String? = nil, feature: String? = nil
  ) {
    self.team = team
    self.project = project
    self.environment = environment
    self.customer = customer
    self.costCenter = costCenter
    self.feature = feature
  }

  /// The dimensions in the order of FOCUS-like reports, with their names in files.
  public static let dimensions = [
    "team", "project", "environment", "customer", "cost_center", "feature",
  ]

  /// The value of the dimension called `name`.
  public subscript(name: String) -> String? {
    get {
      switch name {
      case "team": team
      case "project": project
      case "environment": environment
      case "customer": customer
      case "cost_center": costCenter
      case "feature": feature
      default: nil
      }
    }
    set {
      switch name {
      case "team": team = newValue
      case "project": project = newValue
      case "environment": environment = newValue
      case "customer": customer = newValue
      case "cost_center": costCenter = newValue
      case "feature": feature = newValue
      default: break
      }
    }
  }

  /// These values where they are set, `defaults` elsewhere.
  public func filling(from defaults: Attribution) -> Attribution {
    var result = self
    for name in Attribution.dimensions where result[name] == nil { result[name] = defaults[name] }
    return result
  }

  /// Whether every dimension that `scope` sets has the same value here.
  public func matches(_ scope: Attribution) -> Bool {
    Attribution.dimensions.allSatisfy { scope[$0] == nil || scope[$0] == self[$0] }
  }
}
