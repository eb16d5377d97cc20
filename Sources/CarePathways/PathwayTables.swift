// SPDX-License-Identifier: GPL-3.0-or-later

/// The tables of a compiled program as flat memory, shared by all runs and never written again.
///
/// A run reads them through ``Rows``, plain pointers, so that no step counts a reference. Unsafe
/// memory behind a safe interface. Invariant: the memory lives as long as this object, which every
/// holder of the pointers keeps.
@usableFromInline
final class PathwayTables: @unchecked Sendable {
  @usableFromInline let rows: Rows

  /// The tables as plain pointers, good as long as their ``PathwayTables`` lives.
  @usableFromInline
  struct Rows: BitwiseCopyable {
    @usableFromInline let steps: UnsafePointer<PathwayStep>
    @usableFromInline let stepCount: Int
    @usableFromInline let entryRows: UnsafePointer<UInt16>
    @usableFromInline let pathwayCount: Int
    @usableFromInline let durationDraws: UnsafePointer<PathwayProgram.DurationDraw>
    @usableFromInline let branches: UnsafePointer<PathwayProgram.Branch>
    @usableFromInline let branchExits: UnsafePointer<PathwayProgram.BranchExit>
    @usableFromInline let decisions: UnsafePointer<PathwayProgram.Decision>
    @usableFromInline let decisionExits: UnsafePointer<UInt16>
    @usableFromInline let resourceAt: UnsafePointer<UInt32>
    @usableFromInline let resourceAtCount: Int
    @usableFromInline let roleCount: Int
    @usableFromInline let attributeCount: Int
    let ownAttributeCount: Int
    @usableFromInline let hasFamilies: Bool
    @usableFromInline let remembersDelays: Bool
    let expressions: UnsafePointer<ExpressionRange>
    let expressionRows: UnsafePointer<ExpressionRow>
    let assignments: UnsafePointer<RareTables.Assignment>
    let entryAssignments: UnsafePointer<RareTables.Assignment>
    let choices: UnsafePointer<RareTables.Choice>
    let cases: UnsafePointer<RareTables.Case>
    let waits: UnsafePointer<RareTables.Wait>
    let repetitions: UnsafePointer<RareTables.Repetition>
    let spawnings: UnsafePointer<RareTables.Spawning>
    let several: UnsafePointer<RareTables.Several>
    let parts: UnsafePointer<RareTables.Part>
    let computedDraws: UnsafePointer<RareTables.ComputedDraw>
    let entryAssignmentCount: Int
    let watchedResources: UnsafePointer<UInt32>
    let watchedCount: Int
    let watchesEntities: Bool

    /// The step of a row. Operands of steps are right by construction; only the row is checked,
    /// since the floor above may set it.
    @inlinable
    @inline(__always)
    func step(_ row: UInt16) -> UnsafePointer<PathwayStep> {
      precondition(Int(row) < stepCount, "a pathway ends without a leave")
      return steps + Int(row)
    }
  }

  init(
    steps: [PathwayStep], entryRows: [UInt16], durationDraws: [PathwayProgram.DurationDraw],
    branches: [PathwayProgram.Branch], branchExits: [PathwayProgram.BranchExit],
    decisions: [PathwayProgram.Decision], decisionExits: [UInt16], resourceAt: [UInt32],
    roleCount: Int, rare: RareTables
  ) {
    rows = Rows(
      steps: Self.flat(steps), stepCount: steps.count, entryRows: Self.flat(entryRows),
      pathwayCount: entryRows.count, durationDraws: Self.flat(durationDraws),
      branches: Self.flat(branches), branchExits: Self.flat(branchExits),
      decisions: Self.flat(decisions), decisionExits: Self.flat(decisionExits),
      resourceAt: Self.flat(resourceAt), resourceAtCount: resourceAt.count, roleCount: roleCount,
      attributeCount: rare.attributes.count, ownAttributeCount: rare.ownAttributeCount,
      hasFamilies: rare.hasFamilies,
      remembersDelays: rare.remembersDelays,
      expressions: Self.flat(rare.expressions),
      expressionRows: Self.flat(rare.expressionRows),
      assignments: Self.flat(rare.assignments),
      entryAssignments: Self.flat(rare.entryAssignments),
      choices: Self.flat(rare.choices),
      cases: Self.flat(rare.cases),
      waits: Self.flat(rare.waits),
      repetitions: Self.flat(rare.repetitions),
      spawnings: Self.flat(rare.spawnings),
      several: Self.flat(rare.several),
      parts: Self.flat(rare.parts),
      computedDraws: Self.flat(rare.computedDraws),
      entryAssignmentCount: rare.entryAssignments.count,
      watchedResources: Self.flat(rare.watchedResources),
      watchedCount: rare.watchedResources.count, watchesEntities: rare.watchesEntities)
  }

  deinit {
    rows.steps.deallocate()
    rows.entryRows.deallocate()
    rows.durationDraws.deallocate()
    rows.branches.deallocate()
    rows.branchExits.deallocate()
    rows.decisions.deallocate()
    rows.decisionExits.deallocate()
    rows.resourceAt.deallocate()
    rows.expressions.deallocate()
    rows.expressionRows.deallocate()
    rows.assignments.deallocate()
    rows.entryAssignments.deallocate()
    rows.choices.deallocate()
    rows.cases.deallocate()
    rows.waits.deallocate()
    rows.repetitions.deallocate()
    rows.spawnings.deallocate()
    rows.several.deallocate()
    rows.parts.deallocate()
    rows.watchedResources.deallocate()
    rows.computedDraws.deallocate()
  }

  private static func flat<Row: BitwiseCopyable>(_ rows: [Row]) -> UnsafePointer<Row> {
    let memory = UnsafeMutablePointer<Row>.allocate(capacity: max(rows.count, 1))
    for (place, row) in rows.enumerated() { (memory + place).initialize(to: row) }
    return UnsafePointer(memory)
  }
}
