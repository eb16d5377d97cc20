// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel

extension RegionDomain {
  /// At the end of the acute phase the patient is stable: does he recover here, or below?
  mutating func endAcutePhase(
    _ entity: EntityIndex, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) -> Int {
    let index = Int(entity.rawValue)
    let site = Int(flow.entities[entity].site)
    let tier = sites[site].tier
    let visit = visits[index]
    var draw = stream(Draw.recoveryStay, visit)
    visits[index].recoveryDays = Float(
      service[tier.row].recovery.draw(&draw) * intensities[site].stay)
    guard !policies.stepDowns.isEmpty else { return 0 }
    return isSteppedDown(entity, at: site, &flow, now) ? 1 : 0
  }

  /// A stay ends: the bill is settled, and the need is met.
  mutating func discharge(
    _ entity: EntityIndex, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) -> Int {
    let visit = visits[Int(entity.rawValue)]
    let site = Int(flow.entities[entity].site)
    if visit.flags.contains(.isSteppedDown) {
      settleRecovery(visit, at: site)
    } else {
      settleStay(visit, at: site)
    }
    experience(care.resolvedResult, visit, at: site)
    endMet()
    if !policies.referrals.isEmpty { careAfterDischarge(visit, from: site, &flow, now) }
    return 0
  }

  /// Patience for a bed has ended: another hospital, and after that one, out of the area.
  mutating func goWithoutBed(
    _ entity: EntityIndex, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) -> Int {
    var visit = visits[Int(entity.rawValue)]
    let site = Int(flow.entities[entity].site)
    tally.count { $0.leaked += 1 }
    experience(care.failedResult, visit, at: site)
    let context = ChoiceContext(
      lowestTier: visit.flags.contains(.hasLeaked) ? .outside : .county, without: site)
    visit.flags.insert(.hasLeaked)
    chooseAgain(visit, at: site, by: .noBed, context, after: .zero, &flow, now)
    return 0
  }
}
