// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import SimulationKernel

extension RegionRun {
  /// Traps unless every patient, bed and fen is accounted for. O(people present + cells); asserted
  /// at the end of every replication.
  package func checkConservation() {
    simulation.model.flow.checkConservation()
    let domain = simulation.model.domain
    let present = Int64(simulation.model.flow.entities.count)
    precondition(
      domain.episodesBegun == domain.episodesEnded + present,
      "an episode of care was lost or made up")
    precondition(
      domain.population.residents.count == model.residentCount, "residents were lost or made up")
    precondition(domain.ledger.isBalanced, "money was lost or made up")
    var counted = FlowCell()
    var counter = FlowCell()
    for period in Period.allCases {
      for site in model.institutions.indices { counted += domain.tally.site(period, site) }
      for town in model.towns.indices {
        for tier in Tier.allCases {
          counter += domain.tally.home(period, town: town, tier: tier)
        }
      }
    }
    precondition(
      counted.visits == counter.visits && counted.admissions == counter.admissions,
      "visits or admissions were counted at institutions and at homes differently")
    for cell in domain.tally.pharmacy {
      counted.patientsPaid += cell.patientsPaid
      counted.fundPaid += cell.fundPaid
    }
    precondition(
      counted.patientsPaid == domain.ledger.patientTotal.fen
        && counted.fundPaid == domain.ledger.fundTotal.fen
        && counted.penalties == domain.ledger.penaltyTotal.fen,
      "the ledger and the counts disagree on money")
    precondition(domain.payments.isBalanced, "a payment to an institution was lost or made up")
    for site in model.institutions.indices {
      let gained = Period.allCases.reduce(Int64(0)) {
        $0 + domain.tally.site($1, site).fundGained
      }
      precondition(
        gained == (domain.payments.received[site] - domain.payments.claimed[site]).fen,
        "what institutions received and what was counted disagree")
    }
    precondition(
      domain.expertTime.isBalanced(at: now),
      "doctors' time taken from leads was neither received nor spent on the way")
    precondition(domain.training.isBalanced, "a doctor was lost on leave, or made up")
    for posts in domain.posts {
      precondition(
        posts.filledCount + posts.vacantCount == posts.postCount, "a post was lost or made up")
    }
    checkRecords()
    checkCapacity()
    checkSharedCare()
    checkReferrals()
    checkTransfers()
    checkBeds()
    for needs in domain.tally.needs {
      precondition(needs.arisen == needs.sought + needs.forgone, "a need was lost or made up")
      precondition(
        needs.furtherContacts
          == needs.diverted + needs.putOff + needs.registered + needs.aftercareAgreed,
        "a visit that left a need open was neither diverted nor put off, or was made up")
    }
  }

  /// A digest of the state reached.
  package var checksum: UInt64 {
    var digest = StateDigest()
    digest.add(now.microseconds)
    digest.add(eventCount)
    simulation.model.flow.add(to: &digest, at: now)
    let domain = simulation.model.domain
    digest.add(domain.episodesBegun)
    digest.add(domain.ledger.patientTotal.fen)
    digest.add(domain.ledger.fundTotal.fen)
    if domain.ledger.penaltyTotal != .zero { digest.add(domain.ledger.penaltyTotal.fen) }
    if domain.policies.payment.isActive {
      digest.add(domain.payments.fromFund.fen)
      for received in domain.payments.received { digest.add(received.fen) }
      for account in domain.payments.accounts { digest.add(account.balance.fen) }
    }
    for resident in domain.population.residents {
      for tier in Tier.allCases { digest.add(Int64(resident.trust[tier.row])) }
      digest.add(Int64(resident.habitTier))
    }
    for state in domain.states {
      digest.add(state.skill)
      digest.add(state.perceivedWait)
      digest.add(state.perceivedBedWait)
    }
    return digest.value
  }
}
