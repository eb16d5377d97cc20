// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel
import Testing

@Suite("Resources: rare paths")
struct ResourceRarePathTests {
  let ann = EntityIndex(rawValue: 0)
  let bo = EntityIndex(rawValue: 1)
  let cai = EntityIndex(rawValue: 2)
  let deng = EntityIndex(rawValue: 3)

  func minute(_ count: Double) -> SimulationTime { .zero + .minutes(count) }

  func drain(_ resources: inout ResourceSet) -> [EntityIndex] {
    var granted: [EntityIndex] = []
    while let grant = resources.nextGrant() { granted.append(grant.entity) }
    return granted
  }

  @Test("reneging at the instant a unit frees: whoever was served stays served")
  func renegedAsAUnitFrees() {
    var resources = ResourceSet()
    let doctor = resources.add(capacity: 1)
    _ = resources.seize(doctor, for: ann, at: minute(0))
    _ = resources.seize(doctor, for: bo, at: minute(1))
    _ = resources.seize(doctor, for: cai, at: minute(2))
    resources.release(doctor, by: ann, at: minute(5))
    // Bo's patience ends at the same instant, before the grant is looked at.
    let withdrawn = resources.withdraw(bo, at: minute(5))
    let granted = drain(&resources)
    #expect(!withdrawn && granted == [bo])
    // The other way round the unit goes to the next.
    resources.release(doctor, by: bo, at: minute(6))
    resources.release(doctor, by: cai, at: minute(6))
    _ = drain(&resources)
    _ = resources.seize(doctor, for: ann, at: minute(7))
    _ = resources.seize(doctor, for: bo, at: minute(7))
    _ = resources.seize(doctor, for: cai, at: minute(7))
    let reneged = resources.withdraw(bo, at: minute(8))
    resources.release(doctor, by: ann, at: minute(8))
    let served = drain(&resources)
    #expect(reneged && served == [cai])
  }

  @Test("reneging lets in whoever was held back by the one who leaves")
  func renegingLetsOthersIn() {
    var resources = ResourceSet()
    let nurses = resources.add(capacity: 3)
    _ = resources.seize(nurses, units: 2, for: ann, at: minute(0))
    let large = resources.seize(nurses, units: 2, for: bo, at: minute(1))
    let small = resources.seize(nurses, units: 1, for: cai, at: minute(2))
    #expect(large == .waiting && small == .waiting)
    resources.withdraw(bo, at: minute(3))
    let granted = drain(&resources)
    #expect(granted == [cai] && resources.held(nurses) == 3)
    let report = resources.statistics(nurses, at: minute(3))
    #expect(report.reneged == 1 && report.longestWait == .minutes(1))
  }

  @Test("a cut of capacity below what is held lets everybody finish")
  func capacityCutBelowHeld() {
    var resources = ResourceSet()
    let beds = resources.add(capacity: 3)
    for entity in [ann, bo, cai] { _ = resources.seize(beds, for: entity, at: minute(0)) }
    _ = resources.seize(beds, for: deng, at: minute(0))
    resources.setCapacity(beds, to: 1, at: minute(10))
    #expect(resources.held(beds) == 3 && resources.capacity(beds) == 1)
    resources.release(beds, by: ann, at: minute(20))
    resources.release(beds, by: bo, at: minute(20))
    let nobody = drain(&resources)
    #expect(nobody.isEmpty && resources.held(beds) == 1)
    resources.release(beds, by: cai, at: minute(30))
    let granted = drain(&resources)
    #expect(granted == [deng])
    let report = resources.statistics(beds, at: minute(40))
    let unitMinutes = Int128(60_000_000)
    #expect(report.heldIntegral == (3 * 20 + 1 * 10 + 1 * 10) * unitMinutes)
    #expect(report.capacityIntegral == (3 * 10 + 1 * 30) * unitMinutes)
    #expect(report.heldWithinCapacityIntegral == (3 * 10 + 1 * 30) * unitMinutes)
    #expect(report.utilisation == 1)
  }

  @Test("a rise of capacity serves as many as it has room for, in order")
  func capacityRise() {
    var resources = ResourceSet()
    let beds = resources.add(capacity: 0)
    _ = resources.seize(beds, for: ann, priority: 9, at: minute(0))
    _ = resources.seize(beds, for: bo, priority: 2, at: minute(1))
    _ = resources.seize(beds, for: cai, priority: 9, at: minute(2))
    resources.setCapacity(beds, to: 2, at: minute(3))
    let granted = drain(&resources)
    #expect(granted == [bo, ann] && resources.waiting(beds) == 1)
  }

  @Test("a full waiting room refuses, a freed place is taken again")
  func fullWaitingRoom() {
    var resources = ResourceSet()
    let doctor = resources.add(capacity: 1, waitingRoom: 1)
    let outcomes = [ann, bo, cai].map { resources.seize(doctor, for: $0, at: minute(0)) }
    #expect(outcomes == [.granted, .waiting, .refused] && !resources.isWaiting(cai))
    resources.withdraw(bo, at: minute(1))
    let again = resources.seize(doctor, for: cai, at: minute(1))
    #expect(again == .waiting)
    // An urgent one is refused too: there is no place to wait, and nobody is sent away.
    let urgent = resources.seize(doctor, for: deng, priority: 0, at: minute(2))
    #expect(urgent == .refused)
    let report = resources.statistics(doctor, at: minute(2))
    #expect(report.requests == 5 && report.refused == 2 && report.reneged == 1)
  }

  @Test("no waiting room at all: a loss system")
  func noWaitingRoom() {
    var resources = ResourceSet()
    let line = resources.add(capacity: 1, waitingRoom: 0)
    let outcomes = [ann, bo].map { resources.seize(line, for: $0, at: minute(0)) }
    #expect(outcomes == [.granted, .refused])
  }

  // MARK: Preemption

  @Test("preempted: the interrupted one is first of its priority and resumes first")
  func preempted() {
    var resources = ResourceSet()
    let theatre = resources.add(capacity: 1, waitingRoom: 1, preemptive: true)
    _ = resources.seize(theatre, for: ann, priority: 8, at: minute(0))
    _ = resources.seize(theatre, for: bo, priority: 8, at: minute(1))
    // The waiting room is full, but an interrupted one always finds a place.
    let outcome = resources.seize(theatre, for: cai, priority: 1, at: minute(2))
    #expect(outcome == .preempting(ann) && resources.waiting(theatre) == 2)
    #expect(resources.waitingSince(ann) == minute(2))
    resources.release(theatre, by: cai, at: minute(4))
    resources.release(theatre, by: ann, at: minute(6))
    let granted = drain(&resources)
    #expect(granted == [ann, bo])
    let report = resources.statistics(theatre, at: minute(6))
    #expect(report.interruptions == 1 && report.resumptions == 1 && report.grants == 3)
    // Waiting to resume is not waiting to be served.
    #expect(report.longestWait == .minutes(5) && report.waitTotal == 5 * 60_000_000)
  }

  @Test("preempted twice before resuming, and gives up waiting")
  func preemptedTwice() {
    var resources = ResourceSet()
    let theatre = resources.add(capacity: 1, preemptive: true)
    _ = resources.seize(theatre, for: ann, priority: 8, at: minute(0))
    let first = resources.seize(theatre, for: bo, priority: 4, at: minute(1))
    let second = resources.seize(theatre, for: cai, priority: 1, at: minute(2))
    #expect(first == .preempting(ann) && second == .preempting(bo))
    let withdrawn = resources.withdraw(ann, at: minute(3))
    resources.release(theatre, by: cai, at: minute(4))
    let granted = drain(&resources)
    #expect(withdrawn && granted == [bo])
  }

  @Test("preempted while waiting for something else: passed over, another one is taken")
  func preemptedWhileWaiting() {
    var resources = ResourceSet()
    let beds = resources.add(capacity: 2, preemptive: true)
    let scanner = resources.add(capacity: 0)
    _ = resources.seize(beds, for: ann, priority: 8, at: minute(0))
    _ = resources.seize(beds, for: bo, priority: 8, at: minute(1))
    // Bo came last and would be taken, but lies in bed waiting for the scanner.
    _ = resources.seize(scanner, for: bo, at: minute(2))
    let outcome = resources.seize(beds, for: cai, priority: 1, at: minute(3))
    #expect(outcome == .preempting(ann))
    let none = resources.seize(beds, for: deng, priority: 0, at: minute(4))
    #expect(none == .preempting(cai))
    resources.withdraw(bo, at: minute(5))
    resources.release(beds, by: bo, at: minute(5))
    let granted = drain(&resources)
    #expect(granted == [cai])
  }

  @Test("nobody is preempted by an equal, nor when units are free")
  func equalsDoNotPreempt() {
    var resources = ResourceSet()
    let theatre = resources.add(capacity: 2, preemptive: true)
    let outcomes = [
      resources.seize(theatre, for: ann, priority: 8, at: minute(0)),
      resources.seize(theatre, for: bo, priority: 3, at: minute(0)),
      resources.seize(theatre, for: cai, priority: 8, at: minute(0)),
      resources.seize(theatre, for: deng, priority: 3, at: minute(0)),
    ]
    #expect(outcomes == [.granted, .granted, .waiting, .preempting(ann)])
  }

  @Test("units beyond those asked for serve the next in line")
  func preemptedSurplus() {
    var resources = ResourceSet()
    let nurses = resources.add(capacity: 3, preemptive: true)
    _ = resources.seize(nurses, units: 3, for: ann, priority: 9, at: minute(0))
    _ = resources.seize(nurses, units: 2, for: bo, priority: 9, at: minute(1))
    let outcome = resources.seize(nurses, units: 1, for: cai, priority: 1, at: minute(2))
    // Ann stands before Bo and needs all three, so nobody overtakes her.
    let granted = drain(&resources)
    #expect(outcome == .preempting(ann) && granted.isEmpty && resources.held(nurses) == 1)
    resources.withdraw(ann, at: minute(3))
    let afterwards = drain(&resources)
    #expect(afterwards == [bo])
  }

  @Test("a released part of a holding is not taken again")
  func partialRelease() {
    var resources = ResourceSet()
    let nurses = resources.add(capacity: 4, preemptive: true)
    _ = resources.seize(nurses, units: 3, for: ann, priority: 9, at: minute(0))
    resources.release(nurses, units: 2, by: ann, at: minute(1))
    let tooMany = resources.seize(nurses, units: 4, for: bo, priority: 1, at: minute(2))
    #expect(tooMany == .preempting(ann))
    resources.release(nurses, units: 4, by: bo, at: minute(3))
    let granted = drain(&resources)
    #expect(granted == [ann] && resources.held(nurses) == 1)
  }

  @Test("an interrupted one is served before earlier ones of its priority in other lines")
  func interruptedGoesFirstEverywhere() {
    var resources = ResourceSet(overtakingLimit: 0)
    let theatre = resources.add(capacity: 1, preemptive: true)
    let nurses = resources.add(capacity: 2)
    _ = resources.seize(theatre, for: ann, priority: 9, at: minute(0))
    _ = resources.seize(nurses, for: EntityIndex(rawValue: 8), at: minute(0))
    // Bo asks for the theatre and both nurses, and holds back Ann and Cai.
    let both = [ResourceDemand(nurses, units: 2), ResourceDemand(theatre)]
    resources.seizeAll(both, for: bo, priority: 8, at: minute(1))
    _ = resources.seize(nurses, for: cai, priority: 9, at: minute(2))
    let outcome = resources.seize(theatre, for: deng, priority: 1, at: minute(3))
    resources.release(theatre, by: deng, at: minute(4))
    let nobody = drain(&resources)
    #expect(outcome == .preempting(ann) && nobody.isEmpty)
    resources.withdraw(bo, at: minute(5))
    let granted = drain(&resources)
    #expect(granted == [ann, cai])
  }

  // MARK: Several resources at once

  @Test("asking for the same two in opposite orders does not deadlock")
  func oppositeOrders() {
    var resources = ResourceSet()
    let surgeon = resources.add(capacity: 1)
    let theatre = resources.add(capacity: 1)
    let forwards = [ResourceDemand(surgeon), ResourceDemand(theatre)]
    let backwards = [ResourceDemand(theatre), ResourceDemand(surgeon)]
    _ = resources.seize(theatre, for: deng, at: minute(0))
    let outcomes = [
      resources.seizeAll(forwards, for: ann, at: minute(1)),
      resources.seizeAll(backwards, for: bo, at: minute(1)),
    ]
    #expect(outcomes == [.waiting, .waiting])
    #expect(resources.held(surgeon) == 0, "nothing is held in waiting")
    // While the theatre is taken the surgeon sees others.
    let other = resources.seize(surgeon, for: cai, at: minute(2))
    resources.release(theatre, by: deng, at: minute(3))
    let nobody = drain(&resources)
    #expect(other == .granted && nobody.isEmpty)
    resources.release(surgeon, by: cai, at: minute(4))
    let first = drain(&resources)
    #expect(first == [ann])
    resources.release(surgeon, by: ann, at: minute(5))
    resources.release(theatre, by: ann, at: minute(5))
    let second = drain(&resources)
    #expect(second == [bo])
  }

  @Test("a joint request is overtaken at most as often as was said", arguments: [0, 1, 5, 40])
  func overtakingIsBounded(limit: Int) {
    var resources = ResourceSet(overtakingLimit: limit)
    let surgeon = resources.add(capacity: 1)
    let theatre = resources.add(capacity: 1)
    _ = resources.seize(theatre, for: ann, at: minute(0))
    resources.seizeAll([ResourceDemand(surgeon), ResourceDemand(theatre)], for: bo, at: minute(0))
    // An endless stream for the surgeon alone, while the theatre is never free.
    var overtaking = 0
    for visit in 0..<100 {
      let visitor = EntityIndex(rawValue: UInt32(10 + visit))
      if resources.seize(surgeon, for: visitor, at: minute(1)) == .granted {
        overtaking += 1
        resources.release(surgeon, by: visitor, at: minute(2))
      }
    }
    #expect(overtaking == limit && resources.waiting(surgeon) == 101 - limit)
    resources.release(theatre, by: ann, at: minute(3))
    let granted = drain(&resources)
    #expect(granted == [bo])
  }

  @Test("more urgent requests go before a joint one that holds its places")
  func urgencyOverridesPlaces() {
    var resources = ResourceSet(overtakingLimit: 0)
    let surgeon = resources.add(capacity: 1)
    let theatre = resources.add(capacity: 0)
    let both = [ResourceDemand(surgeon), ResourceDemand(theatre)]
    resources.seizeAll(both, for: ann, priority: 8, at: minute(0))
    let equal = resources.seize(surgeon, for: bo, priority: 8, at: minute(1))
    let urgent = resources.seize(surgeon, for: cai, priority: 7, at: minute(1))
    #expect(equal == .waiting && urgent == .granted)
    resources.withdraw(ann, at: minute(2))
    resources.release(surgeon, by: cai, at: minute(3))
    let granted = drain(&resources)
    #expect(granted == [bo])
  }

  @Test("a joint request is refused when one of its waiting rooms is full, and leaves no trace")
  func jointRefusal() {
    var resources = ResourceSet()
    let surgeon = resources.add(capacity: 0)
    let theatre = resources.add(capacity: 1, waitingRoom: 0)
    let both = [ResourceDemand(surgeon), ResourceDemand(theatre)]
    let outcome = resources.seizeAll(both, for: ann, at: minute(0))
    #expect(outcome == .refused && resources.waiting(surgeon) == 0 && !resources.isWaiting(ann))
    #expect(resources.statistics(surgeon, at: minute(0)).refused == 1)
    #expect(resources.statistics(theatre, at: minute(0)).refused == 1)
  }

  @Test("a joint request that reneges leaves all its lines")
  func jointReneging() {
    var resources = ResourceSet(overtakingLimit: 0)
    let surgeon = resources.add(capacity: 1)
    let theatre = resources.add(capacity: 1)
    _ = resources.seize(theatre, for: deng, at: minute(0))
    resources.seizeAll([ResourceDemand(surgeon), ResourceDemand(theatre)], for: ann, at: minute(0))
    _ = resources.seize(surgeon, for: bo, at: minute(1))
    _ = resources.seize(theatre, for: cai, at: minute(1))
    resources.withdraw(ann, at: minute(2))
    let granted = drain(&resources)
    #expect(granted == [bo] && resources.waiting(theatre) == 1)
  }

  // MARK: Statistics

  @Test("after a reset only later requests count, and those in line are carried over")
  func resetWithALine() {
    var resources = ResourceSet()
    let doctor = resources.add(capacity: 1)
    _ = resources.seize(doctor, for: ann, at: minute(0))
    _ = resources.seize(doctor, for: bo, at: minute(1))
    resources.resetStatistics(at: minute(10))
    _ = resources.seize(doctor, for: cai, at: minute(11))
    resources.release(doctor, by: ann, at: minute(12))
    resources.release(doctor, by: bo, at: minute(14))
    _ = drain(&resources)
    let report = resources.statistics(doctor, at: minute(20))
    #expect(report.waitingAtReset == 1 && report.requests == 1 && report.grants == 2)
    #expect(report.observedGrants == 1 && report.waitTotal == 3 * 60_000_000)
    #expect(report.span == .minutes(10) && report.utilisation == 1)
    #expect(report.waitingIntegral == (1 * 2 + 1 * 3) * 60_000_000)
    #expect(report.meanWaiting == 0.5 && report.meanHeld == 1 && report.meanWaitInMinutes == 3)
  }

  @Test("nothing observed is not zero")
  func emptyStatistics() {
    var resources = ResourceSet()
    let closed = resources.add(capacity: 0)
    #expect(resources.count == 1)
    let atOnce = resources.statistics(closed, at: minute(0))
    #expect(atOnce.meanWaiting == nil && atOnce.meanHeld == nil)
    let later = resources.statistics(closed, at: minute(5))
    #expect(later.meanWaiting == 0 && later.meanWaitInMinutes == nil && later.utilisation == nil)
  }
}
