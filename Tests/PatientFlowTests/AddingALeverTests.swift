// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import PatientFlow
import Randomness
import SimulationKernel
import Testing

/// Village clinics settle with insurance: it pays a share of visits there.
///
/// Claims served: DD-033.
package struct ClinicSettlement: Lever {
  package static let schema = LeverSchema(
    name: "clinic-settlement",
    mechanism: "Sets the rate that insurance pays for visits at village clinics.",
    keys: [
      LeverKey("rate", .number(unit: "share", 0...1), "share of what is eligible of a visit"),
      LeverKey("schemes", .schemes, "the schemes it applies to"),
    ])

  let rate: Double
  let schemes: [Int]

  package init(_ settings: LeverSettings) {
    rate = settings.number("rate")
    schemes = settings.schemes["schemes"] ?? []
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    for scheme in schemes {
      for isReferred in [false, true] {
        policies.plan[
          scheme: UInt8(scheme), kind: .outpatient, tier: Tier.village.rawValue,
          referred: isReferred
        ].rate = BillShare(rate)
      }
    }
  }
}

@Suite struct AddingALeverTests {
  @Test("the lever of the documentation compiles as it stands there, and acts on bills and choice")
  func documentedLever() throws {
    let tests = URL(fileURLWithPath: #filePath)
    let page = tests.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
      .appendingPathComponent("Sources/PatientFlow/PatientFlow.docc/AddingALever.md")
    let source = try String(contentsOf: tests, encoding: .utf8)
    let article = try String(contentsOf: page, encoding: .utf8)
    let parts = article.components(separatedBy: "```swift\n")
    let code = try #require(parts.dropFirst().first?.components(separatedBy: "```").first)
    #expect(source.contains(code))

    var settings = LeverSettings()
    settings.numbers = ["rate": 1]
    settings.schemes = ["schemes": [0, 1]]
    let lever = ClinicSettlement(settings)
    let region = try TestRegion.read()
    let scenario = TestRegion(
      model: region.model.with([
        Policy(name: "clinics", lever: lever, start: midnight(TestRegion.policyDay))
      ]), window: region.window)
    let base = region.runWhole()
    let other = scenario.runWhole()
    #expect(
      try other.value("out-of-pocket", "tier", "village")
        < base.value("out-of-pocket", "tier", "village"))
    #expect(try other.value("visits", "tier", "village") > base.value("visits", "tier", "village"))
  }
}

extension RegionModel {
  /// The region under other policies.
  fileprivate func with(_ policies: [Policy]) -> RegionModel {
    RegionModel(
      towns: towns, villages: villages, institutions: institutions, tiers: tiers, travel: travel,
      population: population, needs: needs, severity: severity, demand: demand,
      constants: constants, choice: choice, care: care, plan: plan, policies: policies,
      program: program, visitPathway: visitPathway)
  }
}
