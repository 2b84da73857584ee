package import GenOpsNumerics

/// A place in one of the plan's tables. A place among the draws cannot be taken for one among the
/// streams, nor either for a day or a path.
package struct PlanID<Row>: Sendable, Hashable {
  package let index: Int

  package init(_ index: Int) { self.index = index }
}

package typealias DrawID = PlanID<PlanDraw>
package typealias StreamID = PlanID<PlanStream>
package typealias InputID = PlanID<UncertainInput>
package typealias GrowthID = PlanID<PlanGrowth>
package typealias FaultID = PlanID<PlanFault>
package typealias CalendarGroupID = PlanID<PlanCalendar.Group>

extension Array {
  /// The row that `id` names.
  package subscript(id: PlanID<Element>) -> Element {
    get { self[id.index] }
    set { self[id.index] = newValue }
  }

  /// The ids of all rows, in order.
  package var ids: [PlanID<Element>] { indices.map { PlanID($0) } }

  /// Adds a row, and says where it lies.
  mutating func add(_ row: Element) -> PlanID<Element> {
    append(row)
    return PlanID(count - 1)
  }
}

extension Array<Double> {
  /// The value of a draw, among those of all draws on one path.
  package subscript(draw: DrawID) -> Double { self[draw.index] }
}
