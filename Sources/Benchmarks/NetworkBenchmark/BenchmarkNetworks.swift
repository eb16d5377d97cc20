// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel

/// The networks that engines are compared by, with time in minutes.
enum BenchmarkNetworks {
  struct Network {
    var model: NetworkModel
    /// Per minute.
    var arrivalRate: Double
  }

  /// Poisson arrivals at equal servers with exponential service of mean 1.
  static func serverQueue(servers: Int, load: Double) throws -> Network {
    var builder = PathwayBuilder()
    builder.addSite("network")
    builder.addClass("customer")
    builder.addLeaveReason("served")
    builder.provide(
      role: builder.addRole("server"),
      by: builder.addResource(ResourceDescription(name: "server", capacity: servers)))
    builder.addDurationRule("service", try .exponential(mean: 1), unit: .minutes(1))
    builder.addPathway(
      "queue",
      steps: [
        StepDescription(.seize(.init("server"))),
        StepDescription(.delay(rule: "service")),
        StepDescription(.release(role: "server")),
        StepDescription(.leave(reason: "served")),
      ])
    return try network(builder, pathway: "queue", rate: load * Double(servers))
  }

  /// Fifteen township centres, a county and a city hospital: consults, exams, referrals with
  /// priority, admissions and step-down transfers of the reference workload.
  static func threeTiers() throws -> Network {
    var builder = PathwayBuilder()
    builder.addSite("network")
    builder.addClass("patient")
    builder.addLeaveReason("home")
    try addDurations(&builder)
    var tiers = (1...15).map { Tier(name: "township-\($0)", doctors: 2, exams: 1, beds: nil) }
    tiers.append(Tier(name: "county", doctors: 12, exams: 4, beds: 550))
    tiers.append(Tier(name: "city", doctors: 40, exams: 12, beds: 1500))
    for tier in tiers { tier.declare(&builder) }
    var exits = tiers.prefix(15).map {
      StepDescription.BranchExit(0.63 / 15, to: $0.name)
    }
    exits.append(.init(0.30, to: "county"))
    exits.append(.init(nil, to: "city"))
    var steps = [StepDescription(label: "first-contact", .branch(exits))]
    for tier in tiers.prefix(15) {
      steps += tier.visit(then: "\(tier.name)-refer")
      steps.append(
        StepDescription(
          label: "\(tier.name)-refer",
          .branch([.init(0.04, to: "referred"), .init(nil, to: "home")])))
    }
    steps += tiers[15].visit(then: "county-admit")
    steps += Tier(name: "referred", place: "county").visit(priority: 0, then: "county-admit")
    steps += [
      StepDescription(
        label: "county-admit", .branch([.init(0.05, to: "county-ward"), .init(nil, to: "home")]))
    ]
    steps += Tier.stay(label: "county-ward", bed: "county-bed", rule: "stay", then: "home")
    steps += tiers[16].visit(then: "city-admit")
    steps += [
      StepDescription(
        label: "city-admit", .branch([.init(0.10, to: "city-ward"), .init(nil, to: "home")]))
    ]
    steps += Tier.stay(label: "city-ward", bed: "city-bed", rule: "stay", then: "step-down")
    steps += [
      StepDescription(
        label: "step-down", .branch([.init(0.20, to: "recovery"), .init(nil, to: "home")]))
    ]
    steps += Tier.stay(label: "recovery", bed: "county-bed", rule: "recovery", then: "home")
    steps.append(StepDescription(label: "home", .leave(reason: "home")))
    builder.addPathway("patient", steps: steps)
    return try network(builder, pathway: "patient", rate: 2.5)
  }

  private static func network(
    _ builder: PathwayBuilder, pathway: String, rate: Double
  ) throws -> Network {
    let program = try builder.build()
    let source = ArrivalSource(
      name: "arrivals", process: .poisson(rate: rate), pathway: pathway,
      classes: [.init(program.classes[0], share: 1)])
    return Network(
      model: try NetworkModel(program: program, sources: [source], timeUnit: .minutes(1)),
      arrivalRate: rate)
  }

  private static func addDurations(_ builder: inout PathwayBuilder) throws {
    for (name, mean, variation) in [("consult", 10.0, 0.7), ("exam", 10, 0.7), ("review", 5, 0.7)] {
      builder.addDurationRule(
        name, try .lognormal(mean: mean, standardDeviation: mean * variation), unit: .minutes(1))
    }
    for (name, mean) in [("stay", 8.0), ("recovery", 6)] {
      builder.addDurationRule(
        name, try .lognormal(mean: mean, standardDeviation: mean * 0.8), unit: .days(1))
    }
  }
}

/// One institution of the three tiers.
private struct Tier {
  var name: String
  /// Whose doctors and exams a visit uses.
  var place: String
  var doctors = 0
  var exams = 0
  var beds: Int?

  init(name: String, place: String) {
    self.name = name
    self.place = place
  }

  init(name: String, doctors: Int, exams: Int, beds: Int?) {
    self.init(name: name, place: name)
    self.doctors = doctors
    self.exams = exams
    self.beds = beds
  }

  func declare(_ builder: inout PathwayBuilder) {
    var resources = [("doctor", doctors), ("exam", exams)]
    if let beds { resources.append(("bed", beds)) }
    for (kind, capacity) in resources {
      let role = "\(name)-\(kind)"
      builder.provide(
        role: builder.addRole(role),
        by: builder.addResource(ResourceDescription(name: role, capacity: capacity)))
    }
  }

  func visit(priority: Int? = nil, then next: String) -> [StepDescription] {
    let doctor = "\(place)-doctor"
    let exam = "\(place)-exam"
    let consult = StepDescription.Request(doctor, priority: priority)
    return [
      StepDescription(label: name, .seize(consult)),
      StepDescription(label: "\(name)-consult", .delay(rule: "consult")),
      StepDescription(.release(role: doctor)),
      StepDescription(
        label: "\(name)-needs-exam", .branch([.init(0.35, to: nil), .init(nil, to: next)])),
      StepDescription(.seize(.init(exam))),
      StepDescription(label: "\(name)-exam", .delay(rule: "exam")),
      StepDescription(.release(role: exam)),
      StepDescription(.seize(consult)),
      StepDescription(label: "\(name)-review", .delay(rule: "review")),
      StepDescription(.release(role: doctor), next: next),
    ]
  }

  static func stay(
    label: String, bed: String, rule: String, then next: String
  ) -> [StepDescription] {
    [
      StepDescription(label: label, .seize(.init(bed))),
      StepDescription(label: "\(label)-stay", .delay(rule: rule)),
      StepDescription(.release(role: bed), next: next),
    ]
  }
}
