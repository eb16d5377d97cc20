// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel

/// The second way down, which needs no bed: a visit at one's own centre after a discharge.
///
/// It is no need of its own and ends none: it takes a doctor's time there, is paid for as any visit,
/// and is an experience with the centre. Without the record at the centre nobody there knows of the
/// discharge, and nothing happens.
extension RegionDomain {
  /// A patient of a lead is discharged: does his own centre ask him to come?
  @inline(never)
  mutating func careAfterDischarge(
    _ visit: Visit, from site: Int, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    guard let referral = policies.referral(ledBy: site), referral.followUpShare > 0 else { return }
    let primary = ownPrimary(of: visit)
    guard referral.isMember(primary), policies.takesPart(primary),
      isRecordThere(visit, of: site, at: primary)
    else { return }
    var draw = stream(Draw.aftercare, visit)
    guard draw.uniform() < referral.followUpShare else { return }
    var next = visit.next(from: site)
    next.careClass = .outpatient
    next.severity = 0
    next.flags = [.isAftercare, .isBooked]
    next.comes(from: sites[site].tier, by: .aftercare)
    episodesBegun += 1
    tally.count { $0.aftercareAgreed += 1 }
    setOut(next, to: primary, after: .days(referral.followUpDays), &flow, now)
  }

  /// A follow-up ends, with the visit or without.
  mutating func endAftercare(attended: Bool) {
    episodesEnded += 1
    tally.count {
      $0.aftercareEnded += 1
      if !attended { $0.aftercareMissed += 1 }
    }
  }

  /// The nearest township or community centre of a patient, or the nearest place at all.
  @inline(__always)  // a call from a mutating function copies the whole domain
  func ownPrimary(of visit: Visit) -> Int {
    let village = Int(population.residents[Int(visit.resident)].village)
    var best = Int(alternatives[Int(alternativeStarts[village])].institution)
    var bestMinutes = Float.infinity
    for row in Int(alternativeStarts[village])..<Int(alternativeStarts[village + 1]) {
      let alternative = alternatives[row]
      guard alternative.tier == .township || alternative.tier == .community else { continue }
      if alternative.travelMinutes < bestMinutes {
        (best, bestMinutes) = (Int(alternative.institution), alternative.travelMinutes)
      }
    }
    return best
  }
}
