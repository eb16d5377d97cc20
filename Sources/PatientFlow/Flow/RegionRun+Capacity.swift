// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// How much of an institution's beds, or of its doctors' time in clinic, was used over a span.
struct CapacityUse: BitwiseCopyable {
  /// Unit-microseconds in use, and provided.
  var used: Double = 0
  var provided: Double = 0

  var share: Double? { provided > 0 ? used / provided : nil }

  static func + (one: CapacityUse, other: CapacityUse) -> CapacityUse {
    CapacityUse(used: one.used + other.used, provided: one.provided + other.provided)
  }

  static func - (one: CapacityUse, other: CapacityUse) -> CapacityUse {
    CapacityUse(used: one.used - other.used, provided: one.provided - other.provided)
  }
}

/// What capacity is asked about.
enum CapacityKind: CaseIterable {
  case beds, doctors

  var roles: [RegionVocabulary.Role] {
    switch self {
    case .beds: [.acuteBed, .recoveryBed]
    case .doctors: [.doctor]
    }
  }
}

extension RegionRun {
  /// The use of each institution's capacity since the end of warm-up; none of external places.
  func use(of kind: CapacityKind) -> [CapacityUse] {
    model.institutions.indices.map { site in
      guard !model.institutions[site].isExternal else { return CapacityUse() }
      let profile = model.tiers[model.institutions[site].tier]
      // A roster holds for the day; doctors are in clinic in opening hours, patients in beds always.
      let hours = kind == .beds ? 24 : profile.closesHour - profile.opensHour
      var use = CapacityUse()
      for role in kind.roles {
        guard
          let resource = simulation.model.flow.resource(role: role.rawValue, site: UInt16(site))
        else { continue }
        let (held, capacity) =
          model.sample.isWhole
          ? simulation.model.flow.resources.doubleIntegrals(resource, at: now)
          : simulation.model.domain.use(of: resource, simulation.model.flow, at: now)
        use.used += held
        use.provided += capacity * hours / 24
      }
      // A roster is of whole days. Experts come and go in opening hours, and count by the hour.
      if kind == .doctors {
        use.provided +=
          Double(expertTime(site) - expertTimeInWarmUp[site]) * (1 - hours / 24)
      }
      return use
    }
  }

  /// Microseconds that an institution has had of experts so far, less those that it gave.
  func expertTime(_ site: Int) -> Int64 {
    let time = simulation.model.domain.expertTime
    return time.received(at: site, at: now) - time.taken(from: site, at: now)
  }

  /// The use of capacity in a period.
  func use(of kind: CapacityKind, in period: Period) -> [CapacityUse] {
    let all = use(of: kind)
    guard let before = useAtPolicyStart[kind] else {
      return period == .after ? all : all.map { _ in CapacityUse() }
    }
    switch period {
    case .warmUp: return all.map { _ in CapacityUse() }
    case .before: return before
    case .after: return zip(all, before).map { $0 - $1 }
    }
  }
}

extension ResourceSet {
  fileprivate func doubleIntegrals(
    _ resource: ResourceIndex, at now: SimulationTime
  ) -> (held: Double, capacity: Double) {
    let (held, capacity) = integrals(resource, at: now)
    return (Double(held), Double(capacity))
  }
}
