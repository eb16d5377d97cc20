// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// The insurance counter of a region outside any run: settles bills under the policies in force.
package struct InsuranceCounter {
  private let model: RegionModel
  private var policies: PoliciesInForce
  private var begun = 0

  package init(_ model: RegionModel) {
    self.model = model
    policies = PoliciesInForce(plan: model.plan, institutions: model.institutions.count)
    policies.setCovers(model)
  }

  /// Lets the policies begin that start by an instant. Time only goes on.
  package mutating func advance(to time: SimulationTime) {
    while begun < model.policies.count, model.policies[begun].start <= time {
      model.policies[begun].lever.start(&policies, model)
      begun += 1
    }
  }

  /// Enters in a claim what holds at an institution; without one, what holds where nothing is said.
  ///
  /// - Parameter isListed: whether the case is on the catalogue of a lower tier.
  package func complete(_ claim: inout InsuranceClaim, at site: Int?, isListed: Bool) {
    let cover = site.map { policies.siteCovers[$0] } ?? SiteCover()
    claim.settles = cover.settles(claim.scheme)
    claim.drugCovers = cover.drugCovers
    guard isListed, claim.stage != .transferDown else { return }
    for breach in policies.breaches
    where breach.listedShare > 0
      && breach.isBreached(
        by: claim, at: Tier(rawValue: claim.tier)!, severity: 0, scope: 1, listing: 0)
    {
      claim.rateCut = max(claim.rateCut, breach.rateCut)
      claim.penaltyShare = max(claim.penaltyShare, breach.penaltyShare)
    }
  }

  package func state(
    _ claim: InsuranceClaim, account: inout InsuranceAccount
  ) -> ClaimStatement {
    policies.plan.state(claim, account: &account)
  }
}
