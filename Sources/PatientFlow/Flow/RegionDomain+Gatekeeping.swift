// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel

/// The gate before higher tiers. Nothing here is asked without a policy of gatekeeping.
extension RegionDomain {
  /// Where the alternatives end for a person who has not been sent up, if the gate is closed to him:
  /// after the last primary one, unless no primary one offers the care.
  @inline(never)
  mutating func endOfGate(
    _ alternatives: Range<Int>, for visit: Visit, of resident: Resident
  ) -> Int {
    let kind: CareKind = visit.careClass == .admission ? .inpatient : .outpatient
    guard rateCut(of: visit, resident, kind, isStrict: true) != nil else {
      return alternatives.upperBound
    }
    var end = alternatives.lowerBound
    var isOffered = false
    while end < alternatives.upperBound && self.alternatives[end].tier.isPrimary {
      let site = Int(self.alternatives[end].institution)
      if visit.careClass != .admission || sites[site].canAdmit { isOffered = true }
      end += 1
    }
    return isOffered ? end : alternatives.upperBound
  }

  /// What the first policy of a kind that holds a person cuts from his rate; `nil` if none does.
  @inline(__always)
  private func rateCut(
    of visit: Visit, _ resident: Resident, _ kind: CareKind, isStrict: Bool
  ) -> BillShare? {
    guard visit.flags.isDisjoint(with: [.isEmergency, .isThroughGate]) else { return nil }
    return Gatekeeping.rateCut(
      policies.gatekeepers, isStrict: isStrict, resident, kind,
      key: townKeys[Int(resident.town)] | UInt64(resident.member), root)
  }
}
