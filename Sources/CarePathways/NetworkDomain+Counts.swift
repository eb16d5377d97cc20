// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// What is counted of requests.
extension NetworkDomain {
  private func line(
    _ entity: EntityIndex, _ role: UInt16, _ flow: borrowing PathwayFlow
  ) -> Int {
    Int(flow.entities.at(entity).pointee.classIndex) &* resourceCount
      &+ Int(flow.rows.resourceAt[Int(role)])
  }

  public mutating func granted(
    _ entity: EntityIndex, _ role: UInt16, waited: TimeSpan, _ flow: inout PathwayFlow,
    _ now: SimulationTime
  ) {
    let line = line(entity, role, flow)
    let isOfWindow = (now - waited) >= flow.measures.windowStart
    if isOfWindow { lines[line].waits.add(waited) }
    if waited > .zero, flow.rows.step(flow.entities.at(entity).pointee.row).pointee.isTransfer {
      lines[line].blocked += 1
    }
    if isRecording {
      recordGrant(line, entity, role, flow, waited: waited, isOfWindow: isOfWindow, now)
    }
  }

  public mutating func reneged(
    _ entity: EntityIndex, _ role: UInt16, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    let line = line(entity, role, flow)
    let since = flow.entities[entity].mark
    lines[line].reneged += 1
    givenUpAfter[line] += Int128((now - since).microseconds)
    if isRecording {
      recordGivingUp(
        line, flow.entities[entity], waited: now - since,
        isOfWindow: since >= flow.measures.windowStart)
    }
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
    if isRecording { recordRefusal(flow.entities[entity]) }
  }

  public mutating func referred(
    _ entity: EntityIndex, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    let state = flow.entities[entity]
    referrals[Int(state.classIndex)] += 1
    if isRecording, let step = record.step(of: state) { record.steps[step].referred += 1 }
  }

  @inline(__always)
  public mutating func left(
    _ entity: EntityIndex, reason: UInt16, _ flow: inout PathwayFlow,
    _ calendar: inout EventCalendar<CareEvent<NetworkEvent>>
  ) {
    if isRecording { recordLeaving(entity, reason: reason, flow, calendar.now) }
  }
}
