// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel
import Testing

@Suite("Resources: substitutes, units kept for others, ends of shifts")
struct ResourceSharingTests {
  let ann = EntityIndex(rawValue: 0)
  let bo = EntityIndex(rawValue: 1)
  let cai = EntityIndex(rawValue: 2)
  let deng = EntityIndex(rawValue: 3)

  func minute(_ count: Double) -> SimulationTime { .zero + .minutes(count) }

  func drain(_ resources: inout ResourceSet) -> [EntityIndex] {
    drainGrants(&resources).map(\.entity)
  }

  func drainGrants(_ resources: inout ResourceSet) -> [Grant] {
    var grants: [Grant] = []
    while let grant = resources.nextGrant() { grants.append(grant) }
    return grants
  }

  func drainInterruptions(_ resources: inout ResourceSet) -> [EntityIndex] {
    var interrupted: [EntityIndex] = []
    while let interruption = resources.nextInterruption() {
      interrupted.append(interruption.entity)
    }
    return interrupted
  }

  // MARK: One of several

  @Test("the first named that is free is taken, and waiting ends at the first that becomes free")
  func inOrderOfPreference() {
    var resources = ResourceSet()
    let own = resources.add(capacity: 1)
    let other = resources.add(capacity: 1)
    let either = [ResourceDemand(own), ResourceDemand(other)]
    let outcomes = [ann, bo, cai].map { resources.seizeAny(either, for: $0, at: minute(0)) }
    #expect(outcomes == [.granted(own), .granted(other), .waiting])
    #expect(resources.waiting(own) == 1 && resources.waiting(other) == 1)
    resources.release(other, by: bo, at: minute(7))
    let grants = drainGrants(&resources)
    #expect(grants == [Grant(entity: cai, resource: other, since: minute(0))])
    #expect(resources.waiting(own) == 0 && !resources.isWaiting(cai))
    let atOwn = resources.statistics(own, at: minute(7))
    let atOther = resources.statistics(other, at: minute(7))
    #expect(atOwn.requests == 2 && atOwn.grants == 1 && atOwn.servedElsewhere == 1)
    #expect(atOther.requests == 2 && atOther.grants == 2 && atOther.servedElsewhere == 0)
    #expect(atOwn.waitTotal == 0 && atOther.waitTotal == 7 * 60_000_000)
  }

  @Test("both let her in at one instant: the first named serves, whichever line moved first")
  func tieGoesToTheFirstNamed() {
    var resources = ResourceSet(overtakingLimit: 0)
    let own = resources.add(capacity: 1)
    let other = resources.add(capacity: 1)
    let closed = resources.add(capacity: 0)
    // Ann wants all and holds back everybody until she gives up; then both lines move together.
    let all = [ResourceDemand(other), ResourceDemand(own), ResourceDemand(closed)]
    let first = resources.seizeAll(all, for: ann, at: minute(0))
    let second = resources.seizeAny(
      [ResourceDemand(own), ResourceDemand(other)], for: bo, at: minute(1))
    #expect(first == .waiting && second == .waiting)
    resources.withdraw(ann, at: minute(2))
    let grants = drainGrants(&resources)
    #expect(grants == [Grant(entity: bo, resource: own, since: minute(1))])
  }

  @Test("one of several holds its place in each line")
  func alternativesAreNotOvertaken() {
    var resources = ResourceSet()
    let own = resources.add(capacity: 2)
    let other = resources.add(capacity: 1)
    _ = resources.seize(own, for: ann, at: minute(0))
    _ = resources.seize(other, for: bo, at: minute(0))
    // Both of the own ones, or one of the others.
    let outcome = resources.seizeAny(
      [ResourceDemand(own, units: 2), ResourceDemand(other)], for: cai, at: minute(1))
    let behind = resources.seize(own, for: deng, at: minute(2))
    #expect(outcome == .waiting && behind == .waiting)
    resources.release(other, by: bo, at: minute(3))
    // When she leaves the line for another's unit, those behind her go on.
    let granted = drain(&resources)
    #expect(granted == [cai, deng] && resources.held(own) == 2)
  }

  @Test("one of several waits only where there is room, and is refused where there is none")
  func alternativesAndWaitingRooms() {
    var resources = ResourceSet()
    let own = resources.add(capacity: 0, waitingRoom: 1)
    let other = resources.add(capacity: 0, waitingRoom: 0)
    let either = [ResourceDemand(own), ResourceDemand(other)]
    let outcomes = [ann, bo].map { resources.seizeAny(either, for: $0, at: minute(0)) }
    #expect(outcomes == [.waiting, .refused] && !resources.isWaiting(bo))
    let atOther = resources.statistics(other, at: minute(0))
    #expect(atOther.requests == 1 && atOther.refused == 1 && atOther.waiting == 0)
    // She never stood in the other line, so she is not served there.
    resources.setCapacity(other, to: 1, at: minute(1))
    let nobody = drain(&resources)
    #expect(nobody.isEmpty)
    let left = resources.withdraw(ann, at: minute(2))
    #expect(left && resources.statistics(own, at: minute(2)).reneged == 1)
    #expect(resources.statistics(other, at: minute(2)).reneged == 0)
  }

  @Test("one of several interrupts nobody, and may be interrupted")
  func alternativesAndPreemption() {
    var resources = ResourceSet()
    let own = resources.add(capacity: 1, preemptive: true)
    let other = resources.add(capacity: 1)
    let either = [ResourceDemand(own), ResourceDemand(other)]
    let outcomes = [ann, bo, cai].map {
      resources.seizeAny(either, for: $0, priority: 9 - UInt8($0.rawValue), at: minute(0))
    }
    #expect(outcomes == [.granted(own), .granted(other), .waiting])
    // Cai is as urgent as anybody, so she keeps the others from interrupting.
    let equal = resources.seize(own, for: deng, priority: 7, at: minute(1))
    #expect(equal == .waiting)
    resources.withdraw(cai, at: minute(2))
    resources.withdraw(deng, at: minute(2))
    let urgent = resources.seize(own, for: deng, priority: 1, at: minute(3))
    #expect(urgent == .preempting(ann))
    // She goes on where she was, not at the other, though that is free first.
    resources.release(other, by: bo, at: minute(4))
    #expect(resources.hasGrants == false)
    resources.release(own, by: deng, at: minute(5))
    let grants = drainGrants(&resources)
    #expect(grants.map(\.resource) == [own] && grants.map(\.entity) == [ann])
  }

  // MARK: Units kept for others

  @Test("the last bed is for those who keep none, who are not held back by those who keep one")
  func lastBed() {
    var resources = ResourceSet()
    let beds = resources.add(capacity: 2)
    let outcomes = [
      resources.seize(beds, keeping: 1, for: ann, at: minute(0)),
      resources.seize(beds, keeping: 1, for: bo, priority: 0, at: minute(1)),
      resources.seize(beds, for: cai, priority: 15, at: minute(2)),
      resources.seize(beds, for: deng, priority: 15, at: minute(3)),
    ]
    #expect(outcomes == [.granted, .waiting, .granted, .waiting])
    // One bed comes free: it is kept from Bo, for Deng. Then both do.
    resources.release(beds, by: ann, at: minute(4))
    let first = drain(&resources)
    resources.release(beds, by: cai, at: minute(5))
    let nobody = drain(&resources)
    resources.release(beds, by: deng, at: minute(6))
    let last = drain(&resources)
    #expect(first == [deng] && nobody.isEmpty && last == [bo])
  }

  @Test("among those who keep as many nobody overtakes, and more units wait longer")
  func equalsKeepTheirOrder() {
    var resources = ResourceSet()
    let beds = resources.add(capacity: 4)
    _ = resources.seize(beds, units: 2, for: ann, at: minute(0))
    let large = resources.seize(beds, units: 2, keeping: 1, for: bo, at: minute(1))
    let small = resources.seize(beds, units: 1, keeping: 1, for: cai, at: minute(2))
    let other = resources.seize(beds, units: 1, keeping: 0, for: deng, at: minute(3))
    #expect(large == .waiting && small == .waiting && other == .granted)
    resources.withdraw(bo, at: minute(4))
    let nobody = drain(&resources)
    resources.release(beds, by: deng, at: minute(5))
    let granted = drain(&resources)
    #expect(nobody.isEmpty && granted == [cai])
  }

  @Test("an interrupted one keeps for others what it kept before")
  func interruptedKeeps() {
    var resources = ResourceSet()
    let beds = resources.add(capacity: 2, preemptive: true)
    _ = resources.seize(beds, keeping: 1, for: ann, priority: 9, at: minute(0))
    _ = resources.seize(beds, for: bo, priority: 8, at: minute(0))
    let urgent = resources.seize(beds, for: cai, priority: 1, at: minute(1))
    #expect(urgent == .preempting(ann))
    resources.release(beds, by: bo, at: minute(2))
    #expect(resources.hasGrants == false)
    resources.release(beds, by: cai, at: minute(3))
    let granted = drain(&resources)
    #expect(granted == [ann])
  }

  @Test("to interrupt somebody is not to take what must be kept")
  func preemptingKeeps() {
    var resources = ResourceSet()
    let beds = resources.add(capacity: 2, preemptive: true)
    _ = resources.seize(beds, for: ann, priority: 9, at: minute(0))
    _ = resources.seize(beds, for: bo, priority: 9, at: minute(0))
    let keeping = resources.seize(beds, keeping: 1, for: cai, priority: 1, at: minute(1))
    // Who waits keeping a bed for such as him does not stand in his way.
    let plain = resources.seize(beds, for: deng, priority: 1, at: minute(1))
    #expect(keeping == .waiting && plain == .preempting(bo))
  }

  @Test("parts of a joint request keep units too, and hold their places only against their like")
  func jointKeeping() {
    var resources = ResourceSet(overtakingLimit: 0)
    let nurses = resources.add(capacity: 2)
    let theatre = resources.add(capacity: 1)
    let both = [ResourceDemand(theatre), ResourceDemand(nurses, units: 1, keeping: 1)]
    _ = resources.seize(nurses, for: ann, at: minute(0))
    let outcome = resources.seizeAll(both, for: bo, at: minute(1))
    let plain = resources.seize(nurses, for: cai, at: minute(2))
    let theatreAlone = resources.seize(theatre, for: deng, at: minute(2))
    #expect(outcome == .waiting && plain == .granted && theatreAlone == .waiting)
    resources.release(nurses, by: ann, at: minute(3))
    #expect(resources.hasGrants == false)
    resources.release(nurses, by: cai, at: minute(4))
    let granted = drain(&resources)
    #expect(granted == [bo] && resources.waiting(theatre) == 1)
  }

  // MARK: Ends of shifts

  @Test("an old shift finishes in overtime while the new one serves with all its units")
  func finishing() {
    var resources = ResourceSet()
    let doctors = resources.add(capacity: 2, ending: .finish)
    _ = resources.seize(doctors, for: ann, at: minute(0))
    _ = resources.seize(doctors, for: bo, at: minute(0))
    _ = resources.seize(doctors, for: cai, at: minute(0))
    resources.setCapacity(doctors, to: 1, at: minute(10))
    let granted = drain(&resources)
    #expect(granted == [cai] && resources.held(doctors) == 3 && resources.free(doctors) == 0)
    let fourth = resources.seize(doctors, for: deng, at: minute(10))
    // An old shift's unit vanishes as it is given back.
    resources.release(doctors, by: ann, at: minute(20))
    let nobody = drain(&resources)
    #expect(fourth == .waiting && nobody.isEmpty && resources.held(doctors) == 2)
    resources.resetStatistics(at: minute(25))
    resources.release(doctors, by: cai, at: minute(30))
    let next = drain(&resources)
    #expect(next == [deng])
    resources.release(doctors, by: bo, at: minute(40))
    let report = resources.statistics(doctors, at: minute(45))
    #expect(report.overtimeIntegral == 15 * 60_000_000 && report.meanOvertime == 0.75)
    #expect(report.utilisation == 1 && report.meanHeld == 1.75)
  }

  @Test("what an old shift holds cannot be preempted, nor interrupted by the next end of a shift")
  func overtimeIsLeftAlone() {
    var resources = ResourceSet()
    let doctors = resources.add(capacity: 1, preemptive: true, ending: .finish)
    _ = resources.seize(doctors, for: ann, priority: 9, at: minute(0))
    resources.setCapacity(doctors, to: 0, at: minute(1))
    let urgent = resources.seize(doctors, for: bo, priority: 0, at: minute(2))
    #expect(urgent == .waiting)
    resources.setCapacity(doctors, to: 0, at: minute(3), ending: .interrupt)
    let interrupted = drainInterruptions(&resources)
    #expect(interrupted.isEmpty && resources.held(doctors) == 1)
  }

  @Test("interrupted at the end of a shift: least urgent first, the last served first, and resumed")
  func interrupting() {
    var resources = ResourceSet()
    let doctors = resources.add(capacity: 4, waitingRoom: 0, ending: .interrupt)
    _ = resources.seize(doctors, for: ann, priority: 9, at: minute(0))
    _ = resources.seize(doctors, for: bo, priority: 9, at: minute(0))
    _ = resources.seize(doctors, for: cai, priority: 2, at: minute(1))
    _ = resources.seize(doctors, for: deng, priority: 4, at: minute(1))
    resources.setCapacity(doctors, to: 1, at: minute(5))
    let interrupted = drainInterruptions(&resources)
    #expect(interrupted == [bo, ann, deng] && resources.held(doctors) == 1)
    // Nobody preempts: the resource only knows its holders.
    let urgent = resources.seize(doctors, for: EntityIndex(rawValue: 9), priority: 0, at: minute(6))
    #expect(urgent == .refused)
    resources.setCapacity(doctors, to: 3, at: minute(8))
    let granted = drain(&resources)
    #expect(granted == [deng, ann])
    let report = resources.statistics(doctors, at: minute(10))
    #expect(report.interruptions == 3 && report.resumptions == 2 && report.waiting == 1)
    #expect(report.overtimeIntegral == 0 && report.waitTotal == 0)
  }

  @Test("a hundred interrupted at once are all told of, and all resume, the first served first")
  func interruptingMany() {
    var resources = ResourceSet()
    let beds = resources.add(capacity: 100, ending: .interrupt)
    let everybody = (0..<100 as Range<UInt32>).map { EntityIndex(rawValue: $0) }
    for entity in everybody { _ = resources.seize(beds, for: entity, at: minute(0)) }
    resources.setCapacity(beds, to: 0, at: minute(1))
    let interrupted = drainInterruptions(&resources)
    resources.setCapacity(beds, to: 100, at: minute(2))
    let resumed = drain(&resources)
    #expect(interrupted == everybody.reversed() && resumed == everybody)
  }

  @Test("who waits for something else when its shift ends is passed over")
  func interruptingSomebodyWhoWaits() {
    var resources = ResourceSet()
    let doctors = resources.add(capacity: 2, ending: .interrupt)
    let scanner = resources.add(capacity: 0)
    _ = resources.seize(doctors, for: ann, at: minute(0))
    _ = resources.seize(doctors, for: bo, at: minute(0))
    _ = resources.seize(scanner, for: bo, at: minute(1))
    resources.setCapacity(doctors, to: 0, at: minute(2))
    let interrupted = drainInterruptions(&resources)
    #expect(interrupted == [ann] && resources.held(doctors) == 1)
    resources.release(doctors, by: bo, at: minute(4))
    let report = resources.statistics(doctors, at: minute(5))
    #expect(report.overtimeIntegral == 2 * 60_000_000)
  }

  @Test("units are given back newest first, so an old shift's last")
  func releasingAcrossShifts() {
    var resources = ResourceSet()
    let nurses = resources.add(capacity: 2, ending: .finish)
    _ = resources.seize(nurses, units: 2, for: ann, at: minute(0))
    resources.setCapacity(nurses, to: 2, at: minute(1))
    _ = resources.seize(nurses, for: ann, at: minute(2))
    #expect(resources.held(nurses) == 3 && resources.free(nurses) == 1)
    resources.release(nurses, units: 2, by: ann, at: minute(3))
    #expect(resources.held(nurses) == 1 && resources.free(nurses) == 2)
    let report = resources.statistics(nurses, at: minute(4))
    #expect(report.overtimeIntegral == (2 * 2 + 1 * 1) * 60_000_000)
  }

  @Test("the ending said at the change goes before the one said at the start")
  func endingSaidAtTheChange() {
    var resources = ResourceSet()
    let doctors = resources.add(capacity: 1, ending: .interrupt)
    _ = resources.seize(doctors, for: ann, at: minute(0))
    resources.setCapacity(doctors, to: 0, at: minute(1), ending: .handOver)
    let nobody = drainInterruptions(&resources)
    #expect(nobody.isEmpty && resources.held(doctors) == 1)
    resources.setCapacity(doctors, to: 1, at: minute(2), ending: .finish)
    #expect(resources.free(doctors) == 1)
    // One unit, within the roster, then beyond it, then of a shift that is over.
    let report = resources.statistics(doctors, at: minute(4))
    #expect(report.overtimeIntegral == 3 * 60_000_000)
    #expect(report.heldWithinCapacityIntegral == 1 * 60_000_000)
  }
}
