package import GenOpsForecasting

/// One growth, shared by all streams that it moves.
package struct PlanGrowth: Sendable {
  package var name: String
  package var model: any GrowthModel
}
