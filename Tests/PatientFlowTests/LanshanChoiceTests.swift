// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow
import Randomness
import SimulationKernel
import Testing

@Suite struct LanshanChoiceTests {
  /// Of the township visits of each town's people, the share at the centre nearest to their village,
  /// in ordinary choices before any wait has been seen.
  static func nearestShares(_ region: TestRegion, _ needs: [(CareClass, Double, Double)])
    -> [String: Double]
  {
    let run = region.begin()
    run.advance(until: .zero + .hours(1))
    let model = region.model
    var nearest: [Int: Double] = [:]
    var all: [Int: Double] = [:]
    for (row, village) in model.villages.enumerated() {
      run.simulation.model.domain.population.residents[0].village = UInt16(row)
      run.simulation.model.domain.population.residents[0].scheme = 0
      run.simulation.model.domain.population.residents[0].hasContract = false
      let people = Double(model.towns[village.town].population) * village.share
      let centres = model.institutions.indices.filter { model.institutions[$0].tier == .township }
      let closest = centres.min {
        (model.travelMinutes(village: UInt16(row), to: $0), $0)
          < (model.travelMinutes(village: UInt16(row), to: $1), $1)
      }!
      for (careClass, severity, weight) in needs {
        let visit = Visit(
          resident: 0, need: 0, careClass: careClass, severity: severity, isEmergency: false,
          owner: 0, episode: 0)
        run.simulation.model.domain.weighOffers(for: visit)
        let choice = run.simulation.model.domain.choiceAtHand
        for (place, offer) in choice.offers.enumerated() where offer.tier == .township {
          let visits = people * weight * choice.share(place)
          all[village.town, default: 0] += visits
          if Int(offer.institution) == closest { nearest[village.town, default: 0] += visits }
        }
      }
    }
    var shares: [String: Double] = [:]
    for (town, visits) in all {
      shares[model.towns[town].name] = nearest[town, default: 0] / visits
    }
    return shares
  }

  @Test("the nearest township centre takes at least 70 % of a rural town's township visits")
  func nearestCentre() throws {
    let region = try TestRegion.read(folder: TestRegion.folder("lanshan"))
    let severity = region.model.severity
    // A third of visits are refills; the rest have the severities of outpatient needs.
    let shares = Self.nearestShares(
      region,
      [
        (.refill, 0, 0.33), (.outpatient, 0.5 * severity.mildEnd, 0.67 * severity.mildEnd),
        (
          .outpatient, severity.mildEnd + 0.01, 0.67 * (severity.moderateEnd - severity.mildEnd)
        ), (.outpatient, 0.9, 0.67 * (1 - severity.moderateEnd)),
      ])
    #expect(shares.count == 14)
    for (town, share) in shares.sorted(by: { $0.key < $1.key }) {
      #expect(share >= 0.7, "\(town)")
    }
  }
}
