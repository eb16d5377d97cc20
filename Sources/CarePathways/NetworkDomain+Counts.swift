// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// What is counted of requests.
extension NetworkDomain {
  private func line(
    _ entity: EntityIndex, _ role: UInt16, _ flow: borrowing PathwayFlow
  ) -> Int {
    Int(flow.entities[entity].classIndex) * resourceCount
      + Int(flow.rows.resourceAt[Int(role)])
  }

  public mutating func granted(
    _ entity: EntityIndex, _ role: UInt16, waited: TimeSpan, _ flow: inout PathwayFlow,
    _ now: SimulationTime
  ) {
    let line = line(entity, role, flow)
    if (now - waited) >= flow.measures.windowStart { lines[line].waits.add(waited) }
    if waited > .zero, flow.rows.step(flow.entities[entity].row).pointee.isTransfer {
      lines[line].blocked += 1
    }
  }

  public mutating func reneged(
    _ entity: EntityIndex, _ role: UInt16, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    lines[line(entity, role, flow)].reneged += 1
  }

  public mutating func refused(
    _ entity: EntityIndex, _ role: UInt16, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    let line = line(entity, role, flow)
    lines[line].refused += 1
    let next = flow.rows.step(flow.rows.step(flow.entities[entity].row).pointee.refused)
    if next.pointee.kind == .leave, flow.program.leaveOutcomes[Int(next.pointee.operand)] == .lost {
      lines[line].lost += 1
    }
  }
}
