// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

struct Clinic: ~Copyable, SimulationModel {
  enum Event: BitwiseCopyable, Sendable {
    case arrival(EntityIndex)
    case departure(EntityIndex)
  }

  var resources = ResourceSet()
  let doctor: ResourceIndex
  var randomState: UInt64

  init(seed: UInt64) {
    doctor = resources.add(capacity: 1)
    randomState = seed
  }

  mutating func handle(_ event: Event, _ calendar: inout EventCalendar<Event>) {
    switch event {
    case .arrival(let patient):
      let next = EntityIndex(rawValue: (patient.rawValue + 1) % 10_000)
      calendar.schedule(.arrival(next), after: .minutes(10 * exponential()))
      if resources.seize(doctor, for: patient, at: calendar.now) == .granted {
        calendar.schedule(.departure(patient), after: .minutes(8 * exponential()))
      }
    case .departure(let patient):
      resources.release(doctor, by: patient, at: calendar.now)
      while let grant = resources.nextGrant() {
        calendar.schedule(.departure(grant.entity), after: .minutes(8 * exponential()))
      }
    }
  }
}

func simulateClinic(seed: UInt64) -> ResourceStatistics {
  var clinic = Simulation(Clinic(seed: seed))
  clinic.calendar.schedule(.arrival(EntityIndex(rawValue: 0)), at: .zero)
  clinic.run(until: .zero + .days(1000))
  return clinic.model.resources.statistics(clinic.model.doctor, at: clinic.calendar.now)
}

extension Clinic {
  /// Exponential with mean one, by comparing uniform numbers (von Neumann, 1951).
  mutating func exponential() -> Double {
    var whole = 0.0
    while true {
      let first = uniform()
      var (last, next, isAccepted) = (first, uniform(), true)
      while next < last { (last, next, isAccepted) = (next, uniform(), !isAccepted) }
      if isAccepted { return whole + first }
      whole += 1
    }
  }

  mutating func uniform() -> Double {
    randomState = randomState &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(randomState >> 11) * 0x1p-53
  }
}
