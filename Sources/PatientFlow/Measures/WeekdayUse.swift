// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import SimulationKernel

/// How much of its beds, and of its doctors' time, each tier of the region used on each weekday of the
/// window of measures.
///
/// What was used and provided is read off all resources at each midnight; what it has grown by since
/// the last one belongs to the weekday that ends. In whole numbers, so that the weekdays' sum is what
/// the resources themselves have counted.
struct WeekdayUse: Sendable {
  /// Of one kind of capacity in one tier, in unit-microseconds.
  struct Total: BitwiseCopyable, Sendable {
    var held: Int128 = 0
    var capacity: Int128 = 0
    /// Doctors' time had of experts, less what was given.
    var expertTime: Int64 = 0
  }

  private struct Source: BitwiseCopyable, Sendable {
    var resource: ResourceIndex
    /// Row of the kind and tier.
    var row: Int
  }

  private static let rows = CapacityKind.allCases.count * Tier.count

  private var sources: [Source] = []
  /// Institutions of the region, and their rows as those of doctors.
  private var sites: [(site: Int, row: Int)] = []
  /// At the last midnight, and by weekday: (kind, tier).
  private var last: [Total] = []
  private var byWeekday: [Total] = []
  private var expansion = 1.0

  /// Before the window.
  init() {}

  /// The window begins.
  init(
    _ model: RegionModel, _ flow: borrowing PathwayFlow, _ expertTime: ExpertTime,
    _ whole: WholeCapacity, at now: SimulationTime
  ) {
    expansion = model.sample.expansion
    for (site, institution) in model.institutions.enumerated() where !institution.isExternal {
      for kind in CapacityKind.allCases {
        let row = Self.row(kind, institution.tier)
        for role in kind.roles {
          if let resource = flow.resource(role: role.rawValue, site: UInt16(site)) {
            sources.append(Source(resource: resource, row: row))
          }
        }
        if kind == .doctors { sites.append((site, row)) }
      }
    }
    byWeekday = Array(repeating: Total(), count: Weekday.count * Self.rows)
    last = totals(flow, expertTime, whole, at: now)
  }

  /// A day ends, or the run does within it.
  mutating func endDay(
    _ weekday: Weekday, _ flow: borrowing PathwayFlow, _ expertTime: ExpertTime,
    _ whole: WholeCapacity, at now: SimulationTime
  ) {
    let present = totals(flow, expertTime, whole, at: now)
    for row in 0..<Self.rows {
      let place = weekday.row * Self.rows + row
      byWeekday[place].held += present[row].held - last[row].held
      byWeekday[place].capacity += present[row].capacity - last[row].capacity
      byWeekday[place].expertTime += present[row].expertTime - last[row].expertTime
    }
    last = present
  }

  /// Nothing before the window.
  func total(_ kind: CapacityKind, _ weekday: Weekday, _ tier: Tier) -> Total {
    byWeekday.isEmpty ? Total() : byWeekday[weekday.row * Self.rows + Self.row(kind, tier)]
  }

  private func totals(
    _ flow: borrowing PathwayFlow, _ expertTime: ExpertTime, _ whole: WholeCapacity,
    at now: SimulationTime
  ) -> [Total] {
    var totals = [Total](repeating: Total(), count: Self.rows)
    for source in sources {
      var (held, capacity) = flow.resources.integrals(source.resource, at: now)
      if !whole.isEmpty {
        let use = whole.use(
          of: source.resource, held: Double(held), capacity: Double(capacity),
          expansion: expansion, at: now)
        (held, capacity) = (Int128(use.held.rounded()), Int128(use.capacity.rounded()))
      }
      totals[source.row].held += held
      totals[source.row].capacity += capacity
    }
    for (site, row) in sites {
      totals[row].expertTime +=
        expertTime.received(at: site, at: now) - expertTime.taken(from: site, at: now)
    }
    return totals
  }

  private static func row(_ kind: CapacityKind, _ tier: Tier) -> Int {
    (kind == .beds ? 0 : Tier.count) + tier.row
  }
}
