// SPDX-License-Identifier: GPL-3.0-or-later

/// One institution as seen from a village.
package struct Alternative: BitwiseCopyable {
  package var institution: UInt16
  package var tier: Tier
  package var travelMinutes: Float
  /// What the way is worth, in logits.
  package var travelUtility: Double
}

/// The institutions among which the people of a village choose, nest by nest: the two nearest
/// village clinics, the two nearest township or community centres, every county hospital, the five
/// nearest city hospitals, and the places outside.
package struct ChoiceSets {
  /// All alternatives of all villages, a village's together and in the order of tiers.
  package let alternatives: [Alternative]
  /// Where each village's alternatives start; one more than villages.
  package let starts: [UInt32]

  package static let limit = 40

  /// - Parameters:
  ///   - minutes: travel from each village (row) to each institution (column).
  ///   - travel: utility per minute, negative.
  ///   - isOpen: whether each institution is; planned ones that are not stated to be open are closed.
  ///     One that has opened stands beside those that a village chooses among as it is, if it is
  ///     among the nearest.
  package init(
    villages: [Village], institutions: [Institution], minutes: [Float], travel: Double,
    isOpen: [Bool]? = nil
  ) {
    let isOpen = isOpen ?? institutions.map { !$0.isPlanned }
    let hasOpened = institutions.indices.contains { isOpen[$0] && institutions[$0].isPlanned }
    var alternatives: [Alternative] = []
    var starts: [UInt32] = []
    for row in villages.indices {
      starts.append(UInt32(alternatives.count))
      func nearest(_ count: Int, _ tiers: [Tier], withPlanned: Bool) -> [Alternative] {
        institutions.indices
          .filter {
            tiers.contains(institutions[$0].tier) && institutions[$0].role == .general
              && (withPlanned ? isOpen[$0] : !institutions[$0].isPlanned)
          }
          .map { index in
            let minutes = minutes[row * institutions.count + index]
            return Alternative(
              institution: UInt16(index), tier: institutions[index].tier, travelMinutes: minutes,
              travelUtility: travel * Double(minutes))
          }
          .sorted { ($0.travelMinutes, $0.institution) < ($1.travelMinutes, $1.institution) }
          .prefix(count)
          .map { $0 }
      }
      func both(_ count: Int, _ tiers: [Tier]) -> [Alternative] {
        let usual = nearest(count, tiers, withPlanned: false)
        guard hasOpened else { return usual }
        return usual
          + nearest(count, tiers, withPlanned: true).filter {
            institutions[Int($0.institution)].isPlanned
          }
      }
      let set =
        (both(2, [.village]) + both(2, [.township, .community]) + both(8, [.county])
        + both(5, [.city]) + both(3, [.outside]))
        .sorted { ($0.tier.rawValue, $0.institution) < ($1.tier.rawValue, $1.institution) }
      precondition(set.count <= ChoiceSets.limit)
      alternatives += set
    }
    starts.append(UInt32(alternatives.count))
    self.alternatives = alternatives
    self.starts = starts
  }

  package func range(village: UInt16) -> Range<Int> {
    Int(starts[Int(village)])..<Int(starts[Int(village) + 1])
  }
}
