// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel
import Testing

/// The example of the documentation's landing page, with the figures printed there.
@Suite("examples of the documentation")
struct DocumentationTests {
  @Test("landing page: two doctors and patience")
  func landingPage() throws {
    var builder = PathwayBuilder()
    builder.addSite("clinic")
    builder.addClass("patient")
    builder.addLeaveReason("seen")
    builder.addLeaveReason("gave up", outcome: .reneged)
    let doctor = builder.addResource(ResourceDescription(name: "doctor", capacity: 2))
    builder.provide(role: builder.addRole("doctor"), by: doctor)
    builder.addDurationRule("consultation", try .exponential(mean: 10), unit: .minutes(1))
    builder.addDurationRule("patience", try .constant(45), unit: .minutes(1))
    builder.addPathway(
      "visit",
      steps: [
        StepDescription(
          .seize(.init("doctor", patience: .init(rule: "patience", otherwise: "out")))),
        StepDescription(.delay(rule: "consultation")),
        StepDescription(.release(role: "doctor")),
        StepDescription(.leave(reason: "seen")),
        StepDescription(label: "out", .leave(reason: "gave up")),
      ])
    let model = try NetworkModel(
      program: try builder.build(),
      sources: [
        ArrivalSource(
          name: "door", process: .poisson(rate: 11), pathway: "visit",
          classes: [.init("patient", share: 1)])
      ], timeUnit: .hours(1))
    let run = NetworkRun(
      model: model,
      window: RunWindow(warmUpEnd: .zero + .days(10), end: .zero + .days(110)),
      root: RandomRoot(seed: 1, replication: 1))
    run.advance(until: run.window.end)
    #expect(abs((run.value("wait") ?? 0) - 0.295) < 0.0005)
    #expect(abs((run.value("utilisation") ?? 0) - 0.868) < 0.0005)
    #expect(run.value("reneged") == 1628)
  }
}
