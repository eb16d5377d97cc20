// SPDX-License-Identifier: GPL-3.0-or-later

/// What an institution has to treat with.
package struct SiteCapacity: Hashable, BitwiseCopyable, Sendable {
  /// Doctors in clinic at a time, on weekdays.
  package var doctors: Int
  package var examRooms: Int
  package var acuteBeds: Int
  package var recoveryBeds: Int

  package init(doctors: Int = 0, examRooms: Int = 0, acuteBeds: Int = 0, recoveryBeds: Int = 0) {
    self.doctors = doctors
    self.examRooms = examRooms
    self.acuteBeds = acuteBeds
    self.recoveryBeds = recoveryBeds
  }

  /// As the model states it.
  init(_ institution: Institution) {
    self.init(
      doctors: institution.doctorsOnWeekdays, examRooms: institution.examRooms,
      acuteBeds: institution.acuteBeds, recoveryBeds: institution.recoveryBeds)
  }

  static func + (one: SiteCapacity, other: SiteCapacity) -> SiteCapacity {
    one.combined(with: other, +)
  }

  /// Each part at least that of the other.
  package func raised(to other: SiteCapacity) -> SiteCapacity { combined(with: other, max) }

  /// No part below one where the base had any. Whoever waits there would otherwise wait for ever;
  /// to close an institution is no change of capacity.
  package func keepingOne(of base: SiteCapacity) -> SiteCapacity {
    combined(with: base) { $1 > 0 ? max(1, $0) : max(0, $0) }
  }

  private func combined(
    with other: SiteCapacity, _ combine: (Int, Int) -> Int
  ) -> SiteCapacity {
    SiteCapacity(
      doctors: combine(doctors, other.doctors), examRooms: combine(examRooms, other.examRooms),
      acuteBeds: combine(acuteBeds, other.acuteBeds),
      recoveryBeds: combine(recoveryBeds, other.recoveryBeds))
  }
}

/// What policies have made of the capacity of institutions: asked at midnight, and only there, once
/// a policy has changed anything.
package struct CapacityTerms: Sendable {
  /// Whether a policy has changed anything.
  package private(set) var isActive = false
  /// As the model states it, by institution.
  private let base: [SiteCapacity]
  /// As policies want it, staff and leave beside.
  private var wanted: [SiteCapacity]
  /// Institutions that are planned and that no policy has opened yet are closed.
  package private(set) var isOpen: [Bool]

  package init(_ institutions: [Institution]) {
    base = institutions.map(SiteCapacity.init)
    wanted = base
    isOpen = institutions.map { !$0.isPlanned }
  }

  /// Adds to an institution's capacity; less than nothing takes away.
  package mutating func add(_ change: SiteCapacity, at site: Int) {
    wanted[site] = wanted[site] + change
    isActive = true
  }

  /// Raises an institution to a standard.
  package mutating func raise(_ site: Int, to standard: SiteCapacity) {
    wanted[site] = wanted[site].raised(to: standard)
    isActive = true
  }

  package mutating func open(_ site: Int) {
    isOpen[site] = true
    isActive = true
  }

  /// Has midnight ask from now on.
  package mutating func activate() { isActive = true }

  /// What an institution has when so many doctors more than wanted are there.
  package func capacity(_ site: Int, doctorsMore: Int = 0) -> SiteCapacity {
    guard isOpen[site] else { return SiteCapacity() }
    var capacity = wanted[site]
    capacity.doctors += doctorsMore
    return capacity.keepingOne(of: base[site])
  }

  /// The doctors of a weekend when so many are there on weekdays: in the proportion of the base.
  package static func weekendDoctors(_ weekday: Int, like institution: Institution) -> Int {
    guard weekday > 0, institution.doctorsAtWeekends > 0 else { return 0 }
    let share = Double(institution.doctorsAtWeekends) / Double(institution.doctorsOnWeekdays)
    return max(1, Int((Double(weekday) * share).rounded()))
  }
}
