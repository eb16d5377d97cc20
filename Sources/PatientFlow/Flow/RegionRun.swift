// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel

/// One replication of a region: owns all its state, and can be copied at an instant.
package final class RegionRun {
  package private(set) var model: RegionModel
  package let window: RunWindow
  package var simulation: Simulation<PathwayRun<RegionDomain>>
  /// Policies of the model that have begun.
  private var policiesBegun = 0
  /// What capacity had been used when the policy period began; since the end of warm-up.
  private(set) var useAtPolicyStart: [CapacityKind: [CapacityUse]] = [:]
  /// What institutions had of experts' time, less what they gave, until warm-up ended: microseconds.
  private(set) var expertTimeInWarmUp: [Int64]
  private var hasWarmedUp = false
  private var hasReachedPolicy = false
  /// Whether each resident's part of the window of measures is kept.
  private let recordsResidents: Bool
  /// What the years of the warm-up that have ended left behind.
  private(set) var warmUpYears: [WarmUpYear] = []

  /// - Parameter recordsResidents: Whether to keep what each resident had of the window; see
  ///   ``RegionDomain/residentRecords``. It changes nothing else.
  package init(
    model: RegionModel, window: RunWindow, root: RandomRoot, recordsResidents: Bool = false
  ) {
    self.model = model
    self.recordsResidents = recordsResidents
    self.window = window
    expertTimeInWarmUp = Array(repeating: 0, count: model.institutions.count)
    // The hour, weekday and season of needs are the domain's; no resource has a weekly calendar.
    var simulation = Simulation(
      PathwayRun(
        domain: RegionDomain(model, root),
        flow: PathwayFlow(
          program: model.program, root: root,
          // For expressions, which may ask for the weekday.
          weekStart: .zero - .days(Double(model.demand.weekdayOfDay.first ?? 0)))))
    simulation.model.start(&simulation.calendar)
    simulation.model.domain.start(&simulation.calendar)
    self.simulation = simulation
  }

  private init(copying other: RegionRun, under model: RegionModel) {
    self.model = model
    window = other.window
    var domain = other.simulation.model.domain
    domain.model = model
    simulation = Simulation(
      PathwayRun(domain: domain, flow: other.simulation.model.flow.copy(under: model.program)),
      calendar: other.simulation.calendar.copy(), eventCount: other.simulation.eventCount)
    policiesBegun = other.policiesBegun
    useAtPolicyStart = other.useAtPolicyStart
    expertTimeInWarmUp = other.expertTimeInWarmUp
    hasWarmedUp = other.hasWarmedUp
    hasReachedPolicy = other.hasReachedPolicy
    recordsResidents = other.recordsResidents
    warmUpYears = other.warmUpYears
  }

  /// An exact copy that goes on under another scenario, whose model is equal to this one's up to
  /// now: the same rows in the same bytes as if that scenario had been run whole.
  package func copy(under model: RegionModel) -> RegionRun {
    RegionRun(copying: self, under: model)
  }

  package var eventCount: UInt64 { simulation.eventCount }
  /// What has stopped a patient, and with it the run, such as a computed length of time below zero.
  package var fault: PathwayRunFault? { simulation.model.flow.fault }
  package var now: SimulationTime { simulation.calendar.now }

  /// Runs every event before an instant. What begins at the instant itself, a policy or a window of
  /// measures, begins when the run goes on from there.
  package func advance(until end: SimulationTime) {
    while true {
      begin()
      let next = min(end, nextBeginning())
      simulation.run(until: next)
      simulation.model.domain.countBlocked(until: next)
      if next == end { return }
    }
  }

  /// Begins what is due now.
  private func begin() {
    // The last of them before statistics begin anew.
    if let end = nextWarmUpYearEnd, end <= now { warmUpYears.append(warmUpYear()) }
    if !hasWarmedUp && window.warmUpEnd <= now {
      hasWarmedUp = true
      simulation.model.flow.resetStatistics(at: now)
      simulation.model.domain.wholeCapacity.reset(at: now)
      expertTimeInWarmUp = model.institutions.indices.map(expertTime)
      simulation.model.domain.bedBook.reset(at: now)
      simulation.model.domain.trust.wake()
      simulation.model.domain.tally.begin(.before)
      if window.policyStart == nil { openWindow() }
    }
    if let start = window.policyStart, !hasReachedPolicy, start <= now {
      hasReachedPolicy = true
      for kind in CapacityKind.allCases { useAtPolicyStart[kind] = use(of: kind) }
      openWindow()
    }
    while policiesBegun < model.policies.count && model.policies[policiesBegun].start <= now {
      simulation.model.domain.begin(model.policies[policiesBegun])
      policiesBegun += 1
    }
  }

  /// The window of measures begins.
  private func openWindow() {
    simulation.model.domain.tally.begin(.after)
    let domain = simulation.model.domain
    simulation.model.domain.weekdayUse = WeekdayUse(
      model, simulation.model.flow, domain.expertTime, domain.wholeCapacity, at: now)
    if recordsResidents { simulation.model.domain.openRecords() }
  }

  /// The next instant at which something begins that is not yet due.
  private func nextBeginning() -> SimulationTime {
    var next = SimulationTime(microseconds: .max)
    if !hasWarmedUp { next = min(next, window.warmUpEnd) }
    if let end = nextWarmUpYearEnd { next = min(next, end) }
    if let start = window.policyStart, !hasReachedPolicy { next = min(next, start) }
    if policiesBegun < model.policies.count {
      next = min(next, model.policies[policiesBegun].start)
    }
    return next
  }
}

extension RegionDomain {
  /// A policy begins.
  mutating func begin(_ policy: Policy) {
    let (before, alliances) = (policies.experts.count, policies.alliances.count)
    let (contracts, followUps) = (policies.contracts.count, policies.followUps.count)
    policies.day = day(of: policy.start)
    policy.lever.start(&policies, model)
    renewExpectedBills()
    for number in alliances..<policies.alliances.count { beginAlliance(number, on: policies.day) }
    // The midnight of this day is still to come.
    for number in before..<policies.experts.count { beginPosting(number, on: policies.day) }
    if policies.contracts.count > contracts { openContract() }
    if policies.followUps.count > followUps { openFollowUps() }
    beginPayments(on: day(of: policy.start))
  }
}
