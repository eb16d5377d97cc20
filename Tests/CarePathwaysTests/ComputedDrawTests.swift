// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel
import Testing

/// Distributions whose parameters are expressions.
@Suite("Computed draws")
struct ComputedDrawTests {
  private func leaving(_ record: [String]) -> [Double] {
    record.filter { $0.contains("leaves") }
      .compactMap { $0.split(separator: " ").first.flatMap { Double($0) } }
  }

  private func run(
    _ declare: (inout PathwayBuilder) throws -> Void, delay: String = "stay"
  ) throws -> [String] {
    var builder = try PathwayBuilder.plain()
    builder.addAttribute("severity", .distribution(try .uniform(low: 1, high: 3)))
    try declare(&builder)
    builder.addServer("bed", capacity: 2)
    builder.addPathway(
      "visit",
      steps: [.seize("bed"), .delay(delay), .release("bed"), .delay(delay), .leave()])
    var run = RecordedRun(try builder.build(), seed: 8)
    for number in 1...200 { run.send(UInt32(number), at: Double(number)) }
    return run.run(until: 1e6)
  }

  private static let families: [(DistributionFamily, [Double], [String])] = [
    (.exponential, [7], ["5 + 2"]), (.exponentialByRate, [0.2], ["1 / 5"]),
    (.uniform, [2, 9], ["2", "3 * 3"]), (.triangular, [2, 5, 9], ["2", "5", "3 ^ 2"]),
    (.truncatedNormal, [8, 4, 0, 30], ["4 + 4", "4", "0", "30"]),
    (.lognormal, [12, 6], ["2 * 6", "6"]), (.lognormalByMedian, [10, 0.5], ["10", "1 / 2"]),
    (.lognormalByLogarithm, [2, 0.5], ["4 / 2", "0.5"]), (.gamma, [2.5, 4], ["5 / 2", "4"]),
    (.gammaByMean, [10, 4], ["10", "2 + 2"]), (.erlang, [3, 9], ["3", "9"]),
    (.weibull, [1.5, 10], ["3 / 2", "10"]), (.beta, [2, 3, 0, 10], ["2", "3", "0", "10"]),
    (.poisson, [6], ["6"]), (.geometric, [0.25], ["1 / 4"]),
    (.binomial, [20, 0.5], ["20", "0.5"]),
  ]

  @Test(
    "with parameters that come out the same each time, draw the numbers of constant ones",
    arguments: Self.families.indices)
  func keyedDraws(number: Int) throws {
    let (family, values, texts) = Self.families[number]
    var parameters = DistributionFamily.Parameters(repeating: 0)
    for (place, value) in values.enumerated() { parameters[place] = value }
    let constant = try run { builder in
      builder.addDurationRule("stay", try family.distribution(parameters), unit: .minutes(1))
    }
    let computed = try run { builder in
      builder.addComputedDuration(
        "stay",
        ComputedDistribution(family, texts.map { .expression($0) }, samples: .any))
    }
    #expect(constant == computed)
    #expect(leaving(constant).count == 200)
  }

  @Test("hang on what the entity carries, and change no other draw")
  func byAttribute() throws {
    func times(_ declare: @escaping (inout PathwayBuilder) throws -> Void) throws -> [Double] {
      leaving(try run(declare, delay: "stay"))
    }
    // An exponential time scales with its mean: at the severity 2 throughout, twice as long.
    let one = try times {
      $0.addAttribute("size", .expression("2"))
      $0.addComputedDuration(
        "stay", ComputedDistribution(.exponential, [.expression("3 min * size")]))
    }
    let other = try times {
      $0.addDurationRule("stay", try .exponential(mean: 6), unit: .minutes(1))
    }
    #expect(one == other)
  }

  @Test("attributes are drawn with computed parameters, by the attribute's name")
  func attributes() throws {
    let record = try run {
      $0.addAttribute(
        "length",
        .computed(
          ComputedDistribution(
            .lognormal, [.expression("10 min * severity"), .number(5)], samples: .any)))
      $0.addComputedDuration("stay", "length")
    }
    // Nobody else is there when the first one comes.
    let root = RandomRoot(seed: 8, replication: 1)
    var stream = RandomStream(root, Purpose("attribute", "severity"), owner: 7, episode: 1)
    let severity = 1 + 2 * stream.uniform()
    stream = RandomStream(root, Purpose("attribute", "length"), owner: 7, episode: 1)
    let length = try DistributionFamily.lognormal.draw([10 * severity, 5, 0, 0], &stream)
    let left = try #require(record.first { $0.contains(" 1 leaves") })
    #expect(abs((Double(left.split(separator: " ")[0]) ?? 0) - 1 - 2 * length) < 1e-6)
  }

  @Test(
    "stop a run whose parameters cannot be, with the step and what would be right",
    arguments: [
      (DistributionFamily.exponential, ["severity - 4"], "draws from exponential with a mean of"),
      (.lognormal, ["5", "0 * severity - 1"], "with a standard deviation of -1.0"),
      (.lognormal, ["log(0 - severity)", "1"], "with a mean of "),
      (.uniform, ["-1 - severity", "-1"], "draws a computed length of time of -"),
      (.erlang, ["severity", "5"], "draws from erlang with a stages of"),
    ])
  func faults(family: DistributionFamily, texts: [String], words: String) throws {
    var builder = try PathwayBuilder.plain()
    builder.addAttribute("severity", .distribution(try .uniform(low: 1, high: 3)))
    builder.addComputedDuration(
      "stay", ComputedDistribution(family, texts.map { .expression($0) }, samples: .any))
    builder.addPathway("visit", steps: [.delay("stay", label: "ward"), .leave()])
    var run = RecordedRun(try builder.build())
    run.send(1, at: 5)
    run.run(until: 100)
    let found = run.simulation.model.flow.fault
    let fault = try #require(found)
    #expect(fault.problem.contains(words), "\(fault)")
    #expect(fault.step == "ward" && fault.pathway == "visit" && fault.time == .zero + .minutes(5))
    #expect(!fault.remedy.isEmpty)
  }

  @Test(
    "what an expression counts is checked before the run, where it is known",
    arguments: [
      ("30 * 2", ExpressionMeaning.time, "counts no time"), ("1 / 5 min", .time, "is a rate"),
      ("5 min + 3", .time, "adds or compares"), ("if(severity > 1, 5 min, 3)", .time, "adds or"),
      ("5 min", .plain, "is a time"), ("5 min", .rate, "is a time"), ("0.2", .rate, "counts no"),
      ("5 min * 3 min", .time, "is no time"),
    ])
  func meanings(text: String, meaning: ExpressionMeaning, words: String) throws {
    var builder = try PathwayBuilder.plain()
    builder.addAttribute("severity", .expression("1"))
    let family: (DistributionFamily, ComputedDistribution.Parameter?) =
      meaning == .time
      ? (.exponential, nil) : meaning == .rate ? (.exponentialByRate, nil) : (.gamma, .number(4))
    builder.addComputedDuration(
      "stay", ComputedDistribution(family.0, [.expression(text)] + (family.1.map { [$0] } ?? [])))
    builder.addPathway("visit", steps: [.delay("stay"), .leave()])
    do throws(PathwayFaults) {
      _ = try builder.build()
      Issue.record("\(text) was taken")
    } catch {
      guard case .badDeclaration(.rule("stay"), text, let fault)? = error.faults.first?.reason
      else {
        Issue.record("another fault: \(error)")
        return
      }
      #expect(fault.problem.contains(words), "\(fault.problem)")
    }
  }

  @Test(
    "and taken where it is right, or hangs on attributes",
    arguments: [
      ("30 min * severity", ExpressionMeaning.time), ("30 * severity", .time),
      ("max(0, 5 min - stayed)", .time), ("12 /h * (1 + severity)", .rate), ("1 / 5 min", .rate),
      ("stayed / 1 h", .plain), ("if(class == patient, 2 hours, 90 minutes)", .time),
      ("sqrt(4) + hour", .plain), ("2 h / 30 min * 1 min", .time),
    ])
  func rightMeanings(text: String, meaning: ExpressionMeaning) throws {
    var builder = try PathwayBuilder.plain()
    builder.addAttribute("severity", .expression("1"))
    let family: DistributionFamily =
      meaning == .time ? .exponential : meaning == .rate ? .exponentialByRate : .geometric
    builder.addComputedDuration("stay", ComputedDistribution(family, [.expression(text)]))
    builder.addPathway("visit", steps: [.delay("stay"), .leave()])
    _ = try builder.build()
  }
}
