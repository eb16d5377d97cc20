// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel
import Testing

@Suite("Expressions")
struct ExpressionTests {
  private func builder(_ text: String) throws -> PathwayBuilder {
    var builder = try PathwayBuilder.plain()
    builder.addClass("urgent")
    builder.addServer("ward", capacity: 5)
    builder.addServer("exam-room", capacity: 2)
    builder.addAttribute("age", .expression("40"))
    builder.addAttribute("wait-list", .expression("3"))
    builder.addAttribute("x", .expression(text))
    builder.addPathway(
      "visit",
      steps: [
        .seize("ward", units: 3), .delay("20"), .release("ward"), .leave(),
      ])
    // At 100 minutes, when 2 of 5 beds are free: the value that the second entity gets.
    builder.addPathway("look", steps: [.delay("5"), .leave()])
    return builder
  }

  /// The value of an expression on Tuesday at 01:30, while three of the five beds of a ward are held.
  private func value(_ text: String) throws -> Double {
    var run = RecordedRun(
      try builder(text).build(), weekStart: SimulationTime(microseconds: -86_400_000_000))
    run.send(1, at: 85)
    run.send(2, at: 90, pathway: 1, priority: 2)
    run.run(until: 91)
    return run.simulation.model.flow.attribute(2, of: EntityIndex(rawValue: 1))
  }

  @Test(
    "have the value of their arithmetic",
    arguments: [
      ("1 + 2 * 3", 7.0), ("(1 + 2) * 3", 9), ("2 ^ 3 ^ 2", 512), ("-2 ^ 2", -4), ("2 ^ -1", 0.5),
      ("7 / 2 - 1", 2.5), ("10 - 3 - 2", 5), ("--3", 3), ("35 %", 0.35), ("2 h + 30 s", 120.5),
      ("min(3, 1, 2)", 1), ("max(3, 1, 2)", 3), ("if(age > 39, 1, 2)", 1),
      ("if(age > 40, 1, 2)", 2), ("floor(2.7)", 2), ("round(2.5)", 3), ("abs(-2)", 2),
      ("sqrt(16)", 4), ("log(exp(2))", 2), ("age", 40), ("wait-list - 1", 2), ("not 0", 1),
      ("1 < 2", 1), ("2 <= 1", 0), ("1 == 1 and 2 != 2", 0), ("1 == 2 or 2 == 2", 1),
      ("not 1 == 2", 1), ("1 or 0 and 0", 1), ("ward.free", 2), ("ward.held", 3),
      ("ward.capacity", 5), ("ward.queue", 0), ("exam-room.free", 2), ("\"exam-room\".free", 2),
      ("time", 90), ("hour", 1.5), ("weekday", 2), ("day", 0), ("priority", 3), ("stayed", 0),
      ("class == patient", 1), ("class != patient", 0), ("class == urgent", 0), ("yes - no", 1),
      ("5 min * 2", 10),
    ])
  func values(text: String, expected: Double) throws {
    #expect(abs(try value(text) - expected) < 1e-12)
  }

  @Test(
    "that cannot be read are refused with what is wrong",
    arguments: [
      ("", "is empty"), ("1 +", "ends too early"), ("(1", "has no )"), ("1 2", "goes on with 2.0"),
      ("1 < 2 < 3", "compares three"), ("agee", "which nothing has"), ("age-wait", "which nothing"),
      ("ward", "as a number"), ("ward.size", "asks for ward.size"), ("bed.free", "which is none"),
      ("class == nobody", "which is none"), ("class > 1", "which class"), ("max(1)", "gives max 1"),
      ("sine(1)", "has the function sine"), ("1 & 2", "has the sign &"), ("* 2", "has * where"),
      ("\"ward", "quote that does not end"), ("1.2.3", "has the number"),
      (String(repeating: "(", count: 100) + "1", "nested too deeply"),
    ])
  func refusals(text: String, problem: String) throws {
    let builder = try builder(text)
    do throws(PathwayFaults) {
      _ = try builder.build()
      Issue.record("\(text) was read")
    } catch {
      guard case .badDeclaration(_, _, let fault)? = error.faults.first?.reason else {
        Issue.record("another fault: \(error)")
        return
      }
      #expect(fault.problem.contains(problem), "\(fault.problem)")
    }
  }

  @Test("attributes are drawn once, by their own names, whatever else there is")
  func draws() throws {
    func attributes(withAnother: Bool) throws -> [Double] {
      var builder = try PathwayBuilder.plain()
      if withAnother {
        builder.addAttribute("other", .distribution(try .uniform(low: 0, high: 1)))
      }
      builder.addAttribute("age", .distribution(try .normal(mean: 50, standardDeviation: 9)))
      builder.addPathway("visit", steps: [.delay("20"), .leave()])
      var run = RecordedRun(try builder.build())
      for number in 0..<5 { run.send(UInt32(number), at: 1) }
      run.run(until: 2)
      return (0..<5).map {
        run.simulation.model.flow.attribute(
          withAnother ? 1 : 0, of: EntityIndex(rawValue: UInt32($0)))
      }
    }
    let alone = try attributes(withAnother: false)
    #expect(Set(alone).count == 5)
    #expect(try attributes(withAnother: true) == alone)
    var stream = RandomStream(
      RandomRoot(seed: 1, replication: 1), Purpose("attribute", "age"), owner: 7, episode: 3)
    #expect(alone[3] == 50 + 9 * stream.normal())
  }
}
