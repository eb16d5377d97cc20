// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// How much of an institution's beds was used over a span.
struct BedUse: BitwiseCopyable {
  /// Bed-microseconds occupied and staffed.
  var occupied: Int128 = 0
  var staffed: Int128 = 0

  var occupancy: Double? { staffed > 0 ? Double(occupied) / Double(staffed) : nil }

  static func + (one: BedUse, other: BedUse) -> BedUse {
    BedUse(occupied: one.occupied + other.occupied, staffed: one.staffed + other.staffed)
  }

  static func - (one: BedUse, other: BedUse) -> BedUse {
    BedUse(occupied: one.occupied - other.occupied, staffed: one.staffed - other.staffed)
  }
}

extension RegionRun {
  /// The use of each institution's beds since the end of warm-up; none of external places.
  func bedUse() -> [BedUse] {
    model.institutions.indices.map { site in
      guard !model.institutions[site].isExternal else { return BedUse() }
      var use = BedUse()
      for role in [RegionVocabulary.Role.acuteBed, .recoveryBed] {
        guard
          let beds = simulation.model.flow.resource(role: role.rawValue, site: UInt16(site))
        else { continue }
        let statistics = simulation.model.flow.resources.statistics(beds, at: now)
        use.occupied += statistics.heldIntegral
        use.staffed += statistics.capacityIntegral
      }
      return use
    }
  }

  /// The use of beds in a period.
  func bedUse(in period: Period) -> [BedUse] {
    let all = bedUse()
    guard !bedsAtPolicyStart.isEmpty else {
      return period == .after ? all : all.map { _ in BedUse() }
    }
    switch period {
    case .warmUp: return all.map { _ in BedUse() }
    case .before: return bedsAtPolicyStart
    case .after: return zip(all, bedsAtPolicyStart).map { $0 - $1 }
    }
  }
}
