// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import SimulationKernel

/// Capacity that policies change. All of it changes at midnight, here and nowhere else, and nothing
/// here is asked before a policy has changed any.
extension RegionDomain {
  /// Midnight: posts change hands, doctors leave for training and come back, and each institution
  /// has from now on what policies make of it.
  @inline(never)
  mutating func turnCapacity(_ flow: inout PathwayFlow, _ now: SimulationTime) {
    var more = [Int](repeating: 0, count: sites.count)
    turnPosts(&more)
    turnTraining(&more)
    var isAnyOpened = false
    for site in sites.indices where !sites[site].isExternal {
      let capacity = policies.capacity.capacity(site, doctorsMore: more[site])
      sites[site].doctorsOnWeekdays = UInt16(capacity.doctors)
      sites[site].doctorsAtWeekends = UInt16(
        CapacityTerms.weekendDoctors(capacity.doctors, like: model.institutions[site]))
      sites[site].hasExams = set(.examRoom, at: site, to: capacity.examRooms, &flow, now) > 0
      sites[site].canAdmit = set(.acuteBed, at: site, to: capacity.acuteBeds, &flow, now) > 0
      sites[site].hasRecoveryBeds =
        set(.recoveryBed, at: site, to: capacity.recoveryBeds, &flow, now) > 0
      if policies.capacity.isOpen[site] && !sites[site].isOpen {
        sites[site].isOpen = true
        isAnyOpened = true
      }
    }
    guard isAnyOpened else { return }
    let sets = model.choiceSets(open: sites.map(\.isOpen))
    alternatives = sets.alternatives.map { $0 }
    alternativeStarts = sets.starts.map { $0 }
  }

  private mutating func set(
    _ role: RegionVocabulary.Role, at site: Int, to amount: Int, _ flow: inout PathwayFlow,
    _ now: SimulationTime
  ) -> Int {
    sample.isWhole
      ? flow.set(role, at: site, to: amount, now)
      : setSampled(role, at: site, to: amount, &flow, now)
  }

  /// An emergency has come to the doctor: the place it was brought to can treat it.
  @inline(never)
  mutating func countEmergency(_ visit: Visit, _ now: SimulationTime) {
    guard visit.contact == 0 else { return }
    let onset = visit.arrives - .minutes(Double(visit.travelMinutes))
    tally.count(emergency: visit.need, taken: (now - onset).microseconds)
  }

  /// Posts fall vacant and are filled, from the first day of their policy on.
  private mutating func turnPosts(_ more: inout [Int]) {
    for place in policies.staff.indices {
      if place == posts.count {
        let policy = policies.staff[place]
        posts.append(
          PostBook(
            policy.institutions.map {
              ($0, model.institutions[$0].key, model.institutions[$0].doctorsOnWeekdays)
            }, usual: policy.usual, rates: policy.rates, added: policy.postsAdded))
      } else {
        posts[place].turn(to: today, root)
      }
      posts[place].addDifference(to: &more)
    }
  }

  /// Brings back who is back, with what he has learned, and sends whom the plan sends, but nobody's
  /// last doctor.
  private mutating func turnTraining(_ more: inout [Int]) {
    guard !policies.trainings.isEmpty else { return }
    if training.away.isEmpty { training = TrainingBook(institutions: sites.count) }
    for leave in training.turn(to: today) {
      let gain = policies.trainings[leave.policy].skillOnReturn
      let skill = states[leave.site].skill
      states[leave.site].skill = max(skill, min(care.skillLimit, skill + gain))
      tally.count { $0.trained += 1 }
    }
    for (number, policy) in policies.trainings.enumerated() {
      for (place, site) in policy.institutions.enumerated() {
        for _ in 0..<policy.departures(place, day: today - policy.startDay) {
          let there = policies.capacity.capacity(site, doctorsMore: more[site]).doctors
          guard there - training.away[site] > 1 else { continue }
          training.begin(.init(site: site, policy: number, returnDay: today + policy.leave))
        }
      }
    }
    for site in sites.indices { more[site] -= training.away[site] }
  }
}

extension PathwayFlow {
  /// Sets how many units of a role an institution has.
  ///
  /// - Returns: how many it has: a village's clinic has doctors alone.
  fileprivate mutating func set(
    _ role: RegionVocabulary.Role, at site: Int, to amount: Int, _ now: SimulationTime
  ) -> Int {
    guard let resource = resource(role: role.rawValue, site: UInt16(site)) else { return 0 }
    if resources.capacity(resource) != amount {
      resources.setCapacity(resource, to: amount, at: now)
    }
    return amount
  }
}
