// SPDX-License-Identifier: GPL-3.0-or-later

/// What policies of chronic care and of shared services ask of the tables of policies in force.
extension PoliciesInForce {
  /// The share of chronic patients who find their drugs at an institution.
  @inline(__always)
  package func stock(at institution: Int, _ tier: Tier) -> Double {
    guard !siteStock.isEmpty, !isOut[institution] else { return drugStock[tier.row] }
    return max(siteStock[institution], drugStock[tier.row])
  }

  /// Closes a share of the distance between an institution's stock and an aim.
  mutating func raiseStock(
    at institution: Int, by share: Double, towards aim: Double, _ model: RegionModel
  ) {
    if siteStock.isEmpty {
      siteStock = Array(repeating: 0, count: model.institutions.count)
    }
    let stock = max(
      siteStock[institution], drugStock[model.institutions[institution].tier.row])
    if stock < aim { siteStock[institution] = stock + share * (aim - stock) }
  }

  /// Takes doctors out of a clinic from today on; the doctors of external places are not simulated.
  mutating func addDuty(at institution: Int, doctors: Double, _ model: RegionModel) {
    guard doctors > 0, !model.institutions[institution].isExternal else { return }
    duties.append(DoctorDuty(institution: institution, doctors: doctors, startDay: day))
  }

  /// Doctors of an institution whom duties take out of its clinic on a day.
  @inline(__always)
  package func doctorsOnDuty(at institution: Int, on day: Int) -> Int {
    var doctors = 0
    for duty in duties where duty.institution == institution { doctors += duty.doctors(on: day) }
    return doctors
  }
}
