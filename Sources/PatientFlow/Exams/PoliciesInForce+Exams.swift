// SPDX-License-Identifier: GPL-3.0-or-later

/// Whose results are recognised where.
extension PoliciesInForce {
  /// Whether any policy may recognise results beside a referral agreement.
  @inline(__always)
  var recognisesByLevel: Bool { !recognitions.isEmpty || !examCentres.isEmpty }

  /// The share of results of one institution that are recognised at another, agreements on referral
  /// apart.
  ///
  /// - Parameter isFromCentre: whether a shared centre, led by the first, has read them.
  package func recognisedShare(
    from one: Int, _ tier: Tier, at other: Int, _ otherTier: Tier, isFromCentre: Bool, on day: Int
  ) -> Double {
    if isFromCentre {
      for centre in examCentres.indices
      where examCentres[centre].rule.lead == one && examCentres[centre].isParty(other)
        && !isOut[other]
      { return 1 }
    }
    var share = 0.0
    for rule in recognitions
    where rule.holds(from: one, tier, at: other, otherTier) && !isOut[one] && !isOut[other] {
      let shared = recordsShared(one, other, on: day)
      share = max(share, shared + (1 - shared) * rule.withoutPlatform)
    }
    return share
  }
}
