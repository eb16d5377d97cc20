// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis

/// How patients move from institution to institution.
extension RegionMeasures {
  static let transferMeasures = [
    MeasureDefinition(
      name: "transfers", unit: "transfers",
      formula:
        "Patients who came from one institution to another, by the tiers of both and by the way they came; counted where and when they came.",
      window: window, dimensions: ["way", "from+to", "from+to+way"])
  ]
}

extension RegionRun {
  /// Of the tiers that the model has institutions of; planned ones, too, so that scenarios have the
  /// same rows.
  func transferRows() -> [Observation] {
    let transfers = simulation.model.domain.tally.transfers
    let tiers = Tier.allCases.filter { tier in
      model.institutions.contains { $0.tier == tier }
    }
    func row(_ dimension: String, _ member: String, _ count: Int64) -> Observation {
      Observation(
        measure: "transfers", dimension: dimension, member: member, value: Double(count))
    }
    func count(_ ways: [TransferWay], _ from: Tier, _ to: Tier) -> Int64 {
      ways.reduce(0) { $0 + transfers.count($1, from: from, to: to, .after) }
    }
    let ways = TransferWay.transfers
    var rows = ways.map { way in
      row("way", way.name, tiers.reduce(0) { $0 + transfers.count([way], to: $1, .after) })
    }
    for from in tiers {
      for to in tiers {
        let pair = "\(from.name)+\(to.name)"
        rows.append(row("from+to", pair, count(ways, from, to)))
        rows += ways.map { row("from+to+way", "\(pair)+\($0.name)", count([$0], from, to)) }
      }
    }
    return rows
  }

  /// Traps unless everybody who came beyond the first visit of an episode, and everybody who came down,
  /// came from somewhere by some way. O(tiers² × ways + institutions).
  func checkTransfers() {
    let tally = simulation.model.domain.tally
    for period in Period.allCases {
      for tier in Tier.allCases {
        var cell = FlowCell()
        for site in model.institutions.indices where model.institutions[site].tier == tier {
          cell += tally.site(period, site)
        }
        func came(_ ways: TransferWay...) -> Int64 {
          tally.transfers.count(ways, to: tier, period)
        }
        precondition(
          cell.visits - cell.firstContacts
            == tally.transfers.count(TransferWay.furtherVisits, to: tier, period),
          "a patient came again from nowhere")
        precondition(
          cell.referralsUp == came(.referral) && cell.aftercareVisits == came(.aftercare)
            && cell.stepDowns == came(.stepDown)
            && cell.referralsDown == came(.stepDown, .handedDown),
          "a referral was counted as one, and not as a transfer, or the other way round")
      }
    }
  }
}
