// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Glibc
import PatientFlow
import Randomness
import SimulationKernel
import Testing

/// Kept beds, overflow and the green channel against theory.
@Suite struct WardQueueTests {
  /// What a ward shows at every full hour: share full, share without a bed for those who keep, mean
  /// number waiting; and the lost over those who asked for a bed.
  struct Shown {
    var full: [Double] = []
    var closed: [Double] = []
    var waiting: [Double] = []
    var lost: [Double] = []
  }

  static func watch(
    _ region: TestRegion, at site: String = "county-hospital", beds: Int, kept: Int,
    replications: Int = 20, days: Int = 90
  ) -> Shown {
    var shown = Shown()
    for replication in 1...UInt32(replications) {
      let run = region.begin(replication: replication)
      run.advance(until: midnight(10))
      let bed = run.resource(.acuteBed, at: site)
      var sums = (full: 0, closed: 0, waiting: 0)
      let hours = days * 24
      for hour in 1...hours {
        run.advance(until: midnight(10) + .hours(Double(hour)))
        let held = run.simulation.model.flow.resources.held(bed)
        sums.full += held == beds ? 1 : 0
        sums.closed += held >= beds - kept ? 1 : 0
        sums.waiting += run.simulation.model.flow.resources.waiting(bed)
      }
      run.checkConservation()
      shown.full.append(Double(sums.full) / Double(hours))
      shown.closed.append(Double(sums.closed) / Double(hours))
      shown.waiting.append(Double(sums.waiting) / Double(hours))
      let admitted = Period.allCases.reduce(Int64(0)) {
        $0 + run.simulation.model.domain.tally.site($1, run.site(site)).admissions
      }
      shown.lost.append(Double(run.needs(\.leaked)) / Double(run.needs(\.leaked) + admitted))
    }
    return shown
  }

  /// Six beds, 30 patients a day for 4.8 hours each, half of them registered.
  static func ward(kept: Int, patience: String) throws -> QueueRegion {
    try QueueRegion(
      consult: "0 min", patience: patience,
      settings: QueueRegion.admissions(perDay: 30) + TestRegion.inForce(["referral"]) + [
        "institutions[county-hospital].acute_beds=6", "policies.referral.registered-share=0.5",
        "policies.referral.reserved-beds=\(kept)",
      ])
  }

  @Test("a ward that refuses, with beds kept: the birth-death chain", arguments: [0, 1, 3])
  func loss(kept: Int) throws {
    let queue = try Self.ward(kept: kept, patience: "0 min")
    let shown = Self.watch(queue.region, beds: 6, kept: kept)
    let theory = WardChain(
      beds: 6, kept: kept, urgent: 15.0 / 24, others: 15.0 / 24, service: 1 / 4.8
    ).solve()
    // Without kept beds it is Erlang's formula, at a load of 6 for 6 beds.
    if kept == 0 {
      var blocking = 1.0
      for beds in 1...6 { blocking = 6 * blocking / (Double(beds) + 6 * blocking) }
      #expect(abs(theory.full - blocking) < 1e-9)
    }
    // Finds a share of time that is off by 0.03, and a lost share off by 0.03.
    expectMean(of: shown.full, equals: theory.full, "full")
    expectMean(of: shown.closed, equals: theory.closed, "closed to others")
    expectMean(
      of: shown.lost, equals: 0.5 * theory.full + 0.5 * theory.closed, "lost")
  }

  @Test("a ward with kept beds in which both classes wait and give up: the chain solved")
  func queue() throws {
    let queue = try Self.ward(kept: 2, patience: "{exponential: 6 h}")
    let shown = Self.watch(queue.region, beds: 6, kept: 2)
    let theory = WardChain(
      beds: 6, kept: 2, urgent: 15.0 / 24, others: 15.0 / 24, service: 1 / 4.8, givingUp: 1.0 / 6
    ).solve()
    expectMean(of: shown.full, equals: theory.full, "full")
    expectMean(of: shown.closed, equals: theory.closed, "closed to others")
    // Finds a mean queue off by 0.35 of 2.6.
    expectMean(of: shown.waiting, equals: theory.waiting, "waiting")
  }

  @Test("only the referred and emergencies are ever in the beds that are kept")
  func ringFence() throws {
    let queue = try Self.ward(kept: 2, patience: "{exponential: 6 h}")
    let run = queue.region.begin()
    let lead = run.site("county-hospital")
    var most = (others: 0, all: 0)
    for hour in 1...2000 {
      run.advance(until: .zero + .hours(Double(hour)))
      let inBed = run.present.filter {
        $0.site == lead
          && run.simulation.model.flow.entities[$0.entity].held(
            role: RegionVocabulary.Role.acuteBed.rawValue) != nil
      }
      let others = inBed.count { !$0.visit.flags.contains(.isRegistered) }
      most = (max(most.others, others), max(most.all, inBed.count))
    }
    #expect(most.others == 4 && most.all == 6)
  }

  @Test("who finds no bed goes to the other hospital: two wards lose what one of both sizes would")
  func overflow() throws {
    // Nobody is registered; half go to either hospital first. Together they are one ward of 6.
    let queue = try QueueRegion(
      consult: "0 min", annex: true,
      settings: QueueRegion.admissions(perDay: 30) + [
        "institutions[county-hospital].acute_beds=4", "institutions[county-annex].acute_beds=2",
        "institutions[county-annex].clinic_doctors_weekday=50",
        "institutions[county-annex].clinic_doctors_weekend=50",
      ])
    var both: [Double] = []
    var large: [Double] = []
    for replication in 1...20 as ClosedRange<UInt32> {
      let run = queue.region.begin(replication: replication)
      run.advance(until: midnight(10))
      let beds = ["county-hospital", "county-annex"].map { run.resource(.acuteBed, at: $0) }
      var sums = (both: 0, large: 0)
      for hour in 1...2160 {
        run.advance(until: midnight(10) + .hours(Double(hour)))
        let held = beds.map { run.simulation.model.flow.resources.held($0) }
        sums.both += held == [4, 2] ? 1 : 0
        sums.large += held[0] == 4 ? 1 : 0
      }
      both.append(Double(sums.both) / 2160)
      large.append(Double(sums.large) / 2160)
    }
    var blocking = 1.0
    for beds in 1...6 { blocking = 6 * blocking / (Double(beds) + 6 * blocking) }
    expectMean(of: both, equals: blocking, "both full")
    expectMean(of: large, equals: Self.largeIsFull(), "the large one full")
  }

  /// The chain of the two wards, by iteration: 30 a day, half to either first.
  private static func largeIsFull() -> Double {
    let (arrivals, service) = (30.0 / 24, 1 / 4.8)
    let fastest = arrivals + 6 * service
    var shares = [[Double]](repeating: [Double](repeating: 1.0 / 15, count: 3), count: 5)
    for _ in 0..<20_000 {
      var next = [[Double]](repeating: [Double](repeating: 0, count: 3), count: 5)
      for one in 0...4 {
        for other in 0...2 {
          let share = shares[one][other]
          var stays = 1.0
          func go(_ a: Int, _ b: Int, _ rate: Double) {
            next[a][b] += share * rate / fastest
            stays -= rate / fastest
          }
          switch (one < 4, other < 2) {
          case (true, true):
            go(one + 1, other, arrivals / 2)
            go(one, other + 1, arrivals / 2)
          case (true, false): go(one + 1, other, arrivals)
          case (false, true): go(one, other + 1, arrivals)
          case (false, false): break
          }
          if one > 0 { go(one - 1, other, Double(one) * service) }
          if other > 0 { go(one, other - 1, Double(other) * service) }
          next[one][other] += share * stays
        }
      }
      shares = next
    }
    return shares[4].reduce(0, +)
  }

  @Test("the green channel for contracted residents is Cobham's queue with two priorities")
  func priority() throws {
    // Two doctors, 30 minutes, 81.6 patients a day: loaded to 0.85. Everybody comes by himself.
    let queue = try QueueRegion(
      consult: "{exponential: 30 min}",
      settings: TestRegion.inForce(["referral"]) + [
        "needs[other-outpatient].rate_per_year=\(81.6 * 365.25 / 4000)",
        "constants[county].outpatient=60", "policies.referral.registered-share=0",
        "policies.referral.green-channel-for-contracted=yes",
        "institutions[county-hospital].clinic_doctors_weekday=2",
        "institutions[county-hospital].clinic_doctors_weekend=2", "run.length=200 d",
      ])
    var first: [Double] = []
    var second: [Double] = []
    var channel = 0.0
    var all = 0.0
    for replication in 1...20 as ClosedRange<UInt32> {
      let run = queue.region.runWhole(replication: replication)
      let site = run.simulation.model.domain.tally.site(.after, run.site("county-hospital"))
      let needs = run.policyPeriod
      first.append(Double(needs.channelWaited) / Double(needs.channelConsults) / 6e7)
      second.append(
        Double(site.waited - needs.channelWaited) / Double(site.consults - needs.channelConsults)
          / 6e7)
      channel += Double(needs.channelConsults)
      all += Double(site.consults)
    }
    // The hamlet's contract share is 0.3; who has one was drawn, and is the same in all replications
    // but for chance.
    let share = channel / all
    #expect(abs(share - 0.3) < 0.02)
    // Probability of waiting at two servers (Erlang C), then Cobham 1954.
    let load = 1.7
    let busy = load * load / 2 * 2 / (2 - load)
    let waits = busy / (1 + load + busy)
    let start = waits * 30 / 2
    let high = start / (1 - share * 0.85)
    let low = high / (1 - 0.85)
    // Finds a wait of the first off by 1.5 of 17 minutes, and of the others by 25 of 110.
    expectMean(of: first, equals: high, "in the channel")
    expectMean(of: second, equals: low, "the others")
  }
}
