// SPDX-License-Identifier: GPL-3.0-or-later

/// The flat fee of a visit (医事服务费), and the flat part of it that insurance pays.
package struct ServiceFee: Hashable, BitwiseCopyable, Sendable {
  package var amount = Money.zero
  /// What the fund pays of it, whatever the bill; neither deductible nor ceiling touches it.
  package var fundPays = Money.zero
  /// Schemes whose fund pays; a bit for each row.
  package var schemes: UInt32 = 0
  /// Age groups of the insured for whom the fund pays all of it; a bit for each row.
  package var freeAges: UInt64 = 0

  package init() {}

  /// What the fund pays for a person.
  package func covered(scheme: UInt8, age: UInt8) -> Money {
    guard schemes & (1 << UInt32(scheme)) != 0 else { return .zero }
    return freeAges & (1 << UInt64(age)) != 0 ? amount : min(fundPays, amount)
  }

  /// What is left to the person.
  package func own(scheme: UInt8, age: UInt8) -> Money {
    amount - covered(scheme: scheme, age: age)
  }
}

/// The fees in force, by tier and title; without titles a tier has the attending doctor's.
package struct FeeSchedule: Sendable {
  private var fees = [ServiceFee](repeating: ServiceFee(), count: Tier.count * Title.count)
  /// Whether anybody charges one.
  package private(set) var isCharged = false

  package init() {}

  /// The fees that a model states for its titles.
  package init(_ titles: TitleNest) {
    for tier in Tier.allCases {
      for title in Title.allCases where titles[tier, title].fee > 0 {
        self[tier, title].amount = Money(yuan: titles[tier, title].fee)
      }
    }
  }

  package subscript(tier: Tier, title: Title) -> ServiceFee {
    get { fees[tier.row * Title.count + title.row] }
    set {
      fees[tier.row * Title.count + title.row] = newValue
      isCharged = fees.contains { $0.amount > .zero }
    }
  }
}
