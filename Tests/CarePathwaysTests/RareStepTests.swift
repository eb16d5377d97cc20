// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel
import Testing

/// Steps that hang on the state of the run, or concern several entities or resources, each against a
/// day written down by hand.
@Suite("Rare steps")
struct RareStepTests {
  private func step(_ action: StepDescription.Action, label: String? = nil) -> StepDescription {
    StepDescription(label: label, action)
  }

  @Test("a choice takes the first case that holds")
  func choose() throws {
    var builder = try PathwayBuilder.plain()
    builder.addServer("doctor")
    builder.addPathway(
      "visit",
      steps: [
        step(
          .choose([
            .init("doctor.free > 0", to: nil), .init("doctor.queue > 0", to: "out"),
            .init(nil, to: nil),
          ])),
        .seize("doctor"), .delay("10"), .release("doctor"), .leave(), .leave("away", label: "out"),
      ])
    var run = RecordedRun(try builder.build())
    for number in 1...4 { run.send(UInt32(number), at: Double(number)) }
    #expect(
      run.run(until: 60) == [
        "1.0 1 has doctor", "3.0 3 leaves away", "4.0 4 leaves away", "11.0 2 has doctor after 9.0",
        "11.0 1 leaves home", "21.0 2 leaves home",
      ])
  }

  @Test("who waits for a condition goes on when it holds, in order, or gives up in time")
  func waitForCondition() throws {
    var builder = try PathwayBuilder.plain()
    builder.addServer("doctor")
    builder.addPathway(
      "visit", steps: [.seize("doctor"), .delay("20"), .release("doctor"), .leave()])
    builder.addPathway(
      "porter",
      steps: [
        step(
          .wait(
            .init(.condition("doctor.free > 0"), patience: .init(rule: "10", otherwise: "out")))),
        .leave(), .leave("gone", label: "out"),
      ])
    var run = RecordedRun(try builder.build())
    run.send(1, at: 0)
    run.send(2, at: 5, pathway: 1)
    run.send(3, at: 12, pathway: 1)
    run.send(4, at: 13, pathway: 1)
    run.send(5, at: 30, pathway: 1)
    #expect(
      run.run(until: 60) == [
        "0.0 1 has doctor", "15.0 2 leaves gone", "20.0 1 leaves home", "20.0 3 leaves home",
        "20.0 4 leaves home", "30.0 5 leaves home",
      ])
  }

  @Test("an hour is waited for on the days named, and an opening until the shift begins")
  func waitForClock() throws {
    var builder = try PathwayBuilder.plain()
    builder.addServer(
      "lab", capacity: 0,
      calendar: .weekly([
        .init(minuteOfWeek: 600, capacity: 2), .init(minuteOfWeek: 700, capacity: 0),
      ]))
    builder.addPathway(
      "early", steps: [step(.wait(.init(.clock(minuteOfDay: 480, days: [0, 2])))), .leave()])
    builder.addPathway("late", steps: [step(.wait(.init(.opening(role: "lab")))), .leave()])
    var run = RecordedRun(try builder.build())
    run.send(1, at: 100)
    run.send(2, at: 480)
    run.send(3, at: 481)
    run.send(4, at: 650, pathway: 1)
    run.send(5, at: 700, pathway: 1)
    #expect(
      run.run(until: 20_000) == [
        "480.0 2 leaves home", "480.0 1 leaves home", "650.0 4 leaves home",
        "3360.0 3 leaves home", "10680.0 5 leaves home",
      ])
  }

  @Test("a repetition goes back as often as it may")
  func repetition() throws {
    var builder = try PathwayBuilder.plain()
    builder.addAttribute("tries")
    builder.addPathway(
      "visit",
      steps: [
        step(.assign(attribute: "tries", .expression("tries + 1")), label: "again"), .delay("5"),
        step(.repeatFrom(.init(to: "again", atMost: 3))),
        step(.choose([.init("tries == 4", to: nil), .init(nil, to: "wrong")])),
        .leave(), .leave("away", label: "wrong"),
      ])
    builder.addPathway(
      "careful",
      steps: [
        step(.assign(attribute: "tries", .expression("tries + 1")), label: "again"), .delay("5"),
        step(.repeatFrom(.init(to: "again", atMost: 9, condition: "tries < 2"))), .leave(),
      ])
    var run = RecordedRun(try builder.build())
    run.send(1, at: 0)
    run.send(2, at: 1, pathway: 1)
    #expect(run.run(until: 60) == ["11.0 2 leaves home", "20.0 1 leaves home"])
  }

  @Test("a join waits for all who were spawned for it, and for no others")
  func spawnAndJoin() throws {
    var builder = try PathwayBuilder.plain()
    builder.addServer("lab")
    builder.addAttribute("samples", .expression("3"))
    builder.addPathway(
      "visit",
      steps: [
        step(.spawn(.init("sample", count: "samples", isJoined: true))),
        step(.spawn(.init("letter", after: "20", isJoined: false))), .delay("5"), step(.join),
        .leave(),
      ])
    builder.addPathway("sample", steps: [.seize("lab"), .delay("10"), .release("lab"), .leave()])
    builder.addPathway("letter", steps: [.delay("20"), .leave("away")])
    var run = RecordedRun(try builder.build())
    run.send(1, at: 0)
    #expect(
      run.run(until: 60) == [
        "0.0 1 has lab", "10.0 1 has lab after 10.0", "10.0 1 leaves home",
        "20.0 1 has lab after 20.0", "20.0 1 leaves home", "30.0 1 leaves home",
        "30.0 1 leaves home",
        "40.0 1 leaves away",
      ])
    // The wait at home is no time in the system: 30 of the parent, 10 + 20 + 30, and 20.
    let counts = run.simulation.model.flow.measures.counts(class: 0)
    #expect(counts.left == 5 && counts.timeInSystem == 110 * 60_000_000)
  }

  @Test("a parent who leaves without joining is waited for by nobody")
  func orphan() throws {
    var builder = try PathwayBuilder.plain()
    builder.addPathway(
      "visit",
      steps: [step(.spawn(.init("sample", isJoined: true))), .leave()])
    builder.addPathway(
      "joiner",
      steps: [step(.spawn(.init("quick", isJoined: true))), step(.join), .delay("20"), .leave()])
    builder.addPathway("sample", steps: [.delay("20"), .leave("away")])
    builder.addPathway("quick", steps: [.delay("5"), .leave("away")])
    var run = RecordedRun(try builder.build())
    run.send(1, at: 0)
    // The second entity is given the first one's place in the table.
    run.send(2, at: 1, pathway: 1)
    #expect(
      run.run(until: 60) == [
        "0.0 1 leaves home", "6.0 2 leaves away", "20.0 1 leaves away", "26.0 2 leaves home",
      ])
  }

  @Test("a request for several together takes all or waits for all")
  func together() throws {
    var builder = try PathwayBuilder.plain()
    builder.addServer("surgeon")
    builder.addServer("theatre")
    builder.addPathway(
      "operation",
      steps: [
        step(.seizeAll(.init([.init("surgeon"), .init("theatre")]))), .delay("20"),
        .release("surgeon"), .release("theatre"), .leave(),
      ])
    builder.addPathway(
      "round", steps: [.seize("surgeon"), .delay("10"), .release("surgeon"), .leave()])
    var run = RecordedRun(try builder.build())
    run.send(1, at: 0, pathway: 1)
    run.send(2, at: 1)
    run.send(3, at: 2)
    #expect(
      run.run(until: 60) == [
        "0.0 1 has surgeon", "10.0 2 has surgeon after 9.0", "10.0 2 has theatre after 9.0",
        "10.0 1 leaves home", "30.0 3 has surgeon after 28.0", "30.0 3 has theatre after 28.0",
        "30.0 2 leaves home", "50.0 3 leaves home",
      ])
  }

  @Test("one of several is taken by rank, waited for at each, and given back by its other name")
  func substitutes() throws {
    var builder = try PathwayBuilder.plain()
    builder.addServer("nurse")
    builder.addServer("doctor")
    builder.addRole("carer")
    builder.addPathway(
      "visit",
      steps: [
        step(.seizeAny(.init([.init("nurse"), .init("doctor")], alias: "carer"))), .delay("20"),
        .release("carer"), .leave(),
      ])
    builder.addPathway(
      "round", steps: [.seize("doctor"), .delay("10"), .release("doctor"), .leave()])
    var run = RecordedRun(try builder.build())
    run.send(1, at: 0)
    run.send(2, at: 1, pathway: 1)
    run.send(3, at: 2)
    run.send(4, at: 3)
    #expect(
      run.run(until: 60) == [
        "0.0 1 has nurse", "1.0 2 has doctor", "11.0 3 has doctor after 9.0", "11.0 2 leaves home",
        "20.0 4 has nurse after 17.0", "20.0 1 leaves home", "31.0 3 leaves home",
        "40.0 4 leaves home",
      ])
  }

  @Test("units are kept free for those whose requests keep none")
  func ringFence() throws {
    var builder = try PathwayBuilder.plain()
    builder.addServer("bed", capacity: 2)
    builder.addPathway(
      "planned",
      steps: [
        step(.seizeAll(.init([.init("bed", keeping: 1)]))), .delay("20"), .release("bed"), .leave(),
      ])
    builder.addPathway(
      "urgent", steps: [.seize("bed"), .delay("10"), .release("bed"), .leave()])
    var run = RecordedRun(try builder.build())
    run.send(1, at: 0)
    run.send(2, at: 1)
    run.send(3, at: 2, pathway: 1)
    #expect(
      run.run(until: 60) == [
        "0.0 1 has bed", "2.0 3 has bed", "12.0 3 leaves home", "20.0 2 has bed after 19.0",
        "20.0 1 leaves home", "40.0 2 leaves home",
      ])
  }

  @Test("the end of a shift hands over, finishes or interrupts", arguments: ShiftEnd.allCases)
  func shiftEnds(ending: ShiftEnd) throws {
    var builder = try PathwayBuilder.plain()
    // Two until minute 10, then one, two again from minute 100.
    let calendar = CapacityCalendar.dated([
      .init(time: .zero + .minutes(10), capacity: 1),
      .init(time: .zero + .minutes(100), capacity: 2),
    ])
    builder.provide(
      role: builder.addRole("nurse"),
      by: builder.addResource(
        ResourceDescription(name: "nurse", capacity: 2, calendar: calendar, ending: ending)))
    builder.addPathway(
      "visit", steps: [.seize("nurse"), .delay("20"), .release("nurse"), .leave()])
    var run = RecordedRun(try builder.build())
    for number in 1...3 { run.send(UInt32(number), at: Double(number)) }
    let start = ["1.0 1 has nurse", "2.0 2 has nurse"]
    let expected =
      switch ending {
      // One of the two is taken over; the third waits until both are gone.
      case .handOver:
        [
          "21.0 1 leaves home", "22.0 3 has nurse after 19.0", "22.0 2 leaves home",
          "42.0 3 leaves home",
        ]
      // The new nurse is free at once.
      case .finish:
        [
          "10.0 3 has nurse after 7.0", "21.0 1 leaves home", "22.0 2 leaves home",
          "30.0 3 leaves home",
        ]
      // The second is interrupted with 12 minutes to go, and is first in line.
      case .interrupt:
        [
          "21.0 1 leaves home", "33.0 3 has nurse after 30.0", "33.0 2 leaves home",
          "53.0 3 leaves home",
        ]
      }
    #expect(run.run(until: 90) == start + expected)
  }

  @Test("computed lengths and shares follow attributes, and another pathway takes over")
  func computed() throws {
    var builder = try PathwayBuilder.plain()
    builder.addAttribute("size", .expression("if(priority == 1, 3, 1)"))
    builder.addComputedDuration("work", "2 min * size")
    builder.addPathway(
      "visit",
      steps: [
        .delay("work"),
        step(.branch([.init(computed: "size - 1 > 0", to: "big"), .init(nil, to: nil)])),
        .leave(), step(.proceed(pathway: "ward", isReferral: true), label: "big"),
      ])
    builder.addPathway("ward", steps: [.delay("20"), .leave("away")])
    var run = RecordedRun(try builder.build())
    run.send(1, at: 0)
    run.send(2, at: 0, priority: 0)
    #expect(run.run(until: 60) == ["2.0 1 leaves home", "26.0 2 leaves away"])
  }

  @Test("a length of time below zero stops the run with words")
  func runFault() throws {
    var builder = try PathwayBuilder.plain()
    builder.addAttribute("size", .expression("0 - 3"))
    builder.addComputedDuration("work", "size")
    builder.addPathway("visit", steps: [.delay("work", label: "here"), .leave()])
    var run = RecordedRun(try builder.build())
    run.send(1, at: 4)
    run.run(until: 60)
    let found = run.simulation.model.flow.fault
    let fault = try #require(found)
    #expect(fault.pathway == "visit" && fault.step == "here")
    #expect(fault.time == .zero + .minutes(4) && fault.problem.contains("-3.0"))
  }

  @Test("mistakes in rare steps are found before a run")
  func faults() throws {
    var builder = try PathwayBuilder.plain()
    builder.addServer("desk", isPreemptive: true)
    builder.addAttribute("time")
    builder.addPathway(
      "visit",
      steps: [
        step(.choose([.init("1 > 0", to: nil)])),
        step(.wait(.init(.condition("hour > 8")))),
        step(.assign(attribute: "none", .expression("1"))),
        step(.repeatFrom(.init(to: "nowhere", atMost: 0))),
        step(.spawn(.init("nobody", isJoined: false))),
        .seize("desk"), step(.join), .release("desk"), .leave(),
      ])
    do throws(PathwayFaults) {
      _ = try builder.build()
      Issue.record("built")
    } catch {
      let reasons = Set(error.faults.map(\.reason))
      #expect(reasons.contains(.reservedName("time")))
      #expect(reasons.contains(.noOtherwise))
      #expect(reasons.contains(.waitReadsClock("hour > 8")))
      #expect(reasons.contains(.unknownName(.attribute, "none", known: ["time"])))
      #expect(reasons.contains(.countOutOfRange(0)))
      #expect(reasons.contains(.unknownName(.pathway, "nobody", known: ["visit"])))
      #expect(reasons.contains(.waitsWhileInterruptible(role: "desk")))
    }
  }
}
