// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// The share of a region's residents that is simulated, and what that makes of all they share.
///
/// Books of staff, posts, rotas and beds are kept of the whole institutions, so that every policy means
/// in a sample what it means without. Only what patients stand in line for is brought down, where it is
/// handed to the flow: of an institution's doctors or rooms the first stays whole, of its beds the first
/// two, and of the others the share is there. In proportion alone a place of a few doctors would have
/// less than one; and of two places that are equally busy the smaller has the longer line, so that the
/// sample's residents would wait where the region's do not. A bed is held for days: who waits for the
/// only one waits longest.
package struct PopulationSample: Sendable {
  package static let whole = PopulationSample()

  package let share: Double
  /// Residents of the region over those simulated.
  package let expansion: Double
  private let quotas: [Int]
  /// Of each institution, acute and recovery beds less those that rounding has left.
  private let acuteRounding: [Double]
  private let recoveryRounding: [Double]

  package var isWhole: Bool { share >= 1 }

  private init() {
    share = 1
    expansion = 1
    (quotas, acuteRounding, recoveryRounding) = ([], [], [])
  }

  /// - Parameter share: above 0; 1 or more is the whole.
  package init(share: Double, towns: [Town], institutions: [Institution]) {
    let people = towns.map(\.population)
    let residents = people.reduce(0, +)
    guard share < 1, residents > 0 else {
      self = .whole
      return
    }
    self.share = share
    let sampled = max(1, (Double(residents) * share).rounded())
    expansion = Double(residents) / sampled
    quotas = apportionment(of: Int64(sampled), by: people.map(Double.init)).map(Int.init)
    acuteRounding = Self.roundings(institutions, share: share, \.acuteBeds)
    recoveryRounding = Self.roundings(institutions, share: share, \.recoveryBeds)
  }

  /// The towns with the residents who are simulated.
  func towns(_ towns: [Town]) -> [Town] {
    guard !isWhole else { return towns }
    return zip(towns, quotas).map { town, quota in
      Town(name: town.name, population: quota, position: town.position)
    }
  }

  /// So many people, patients or CNY of the whole region, for the residents who are simulated.
  func part(of whole: Double) -> Double { whole / expansion }

  // MARK: - Capacity

  private static let wholeDoctors = 1
  private static let wholeBeds = 2

  /// What is left of doctors, rooms or beds of one institution: the first few, and the share of the others.
  private static func capacity(of whole: Int, first: Int, share: Double) -> Double {
    Double(min(whole, first)) + share * Double(max(0, whole - first))
  }

  /// Units of a role that the flow has for so many of the whole institution.
  package func units(_ role: RegionVocabulary.Role, at site: Int, of whole: Int) -> Int {
    guard !isWhole, whole > 0 else { return whole }
    let (first, rounding) =
      switch role {
      case .doctor, .examRoom: (Self.wholeDoctors, 0.0)
      case .acuteBed: (Self.wholeBeds, acuteRounding[site])
      case .recoveryBed: (Self.wholeBeds, recoveryRounding[site])
      }
    let exact = Self.capacity(of: whole, first: first, share: share) + rounding
    return max(1, Int(exact.rounded()))
  }

  /// How much longer each of these doctors or rooms needs, so that all together do what the capacity that
  /// they are rounded from would.
  func stretch(_ units: Int, for whole: Int) -> Double {
    isWhole || whole <= 0
      ? 1 : Double(units) / Self.capacity(of: whole, first: Self.wholeDoctors, share: share)
  }

  /// What rounding adds to the beds of each institution: in each tier none are gained or lost by it.
  private static func roundings(
    _ institutions: [Institution], share: Double, _ beds: KeyPath<Institution, Int>
  ) -> [Double] {
    var roundings = [Double](repeating: 0, count: institutions.count)
    for tier in Tier.allCases {
      let rows = institutions.indices.filter {
        let place = institutions[$0]
        return place.tier == tier && !place.isExternal && !place.isPlanned
          && place[keyPath: beds] > 0
      }
      guard !rows.isEmpty else { continue }
      let counts = rows.map { institutions[$0][keyPath: beds] }
      let exact = counts.map { capacity(of: $0, first: wholeBeds, share: share) }
      // The first of each are whole; only what is beside them is rounded.
      let others = zip(exact, counts).map { $0 - Double(min(wholeBeds, $1)) }
      let sum = others.reduce(0, +)
      guard sum > 0 else { continue }
      let parts = apportionment(of: Int64(sum.rounded()), by: others)
      for (place, row) in rows.enumerated() {
        roundings[row] = Double(parts[place]) - others[place]
      }
    }
    return roundings
  }

  // MARK: - Places by the day

  /// How many of so many places a day are there on a day: whole numbers whose mean is the share.
  ///
  /// - Parameter line: of which line of days; lines are shifted against each other.
  package func places(_ whole: Int, on day: Int, line: Int) -> Int {
    guard !isWhole, whole != .max else { return whole }
    // Fractions of multiples of the golden ratio, and of another number for lines: as even as can be over
    // any days, those of every week included.
    let shift = Double(day) * 0.618033988749895 + Double(line) * 0.754877666246693
    return Int((Double(whole) * share + shift - shift.rounded(.down)).rounded(.down))
  }
}
