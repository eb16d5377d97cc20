// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import ModelFiles
import PatientFlow
import Testing

/// Policies of the library in a region that adopts them.
@Suite struct AdoptionTests {
  /// A policy file with the hamlet's own change of rates.
  static let rates = """
    title: Rates by tier
    title-zh: 分级支付比例
    date: 2019-06-02
    place: somewhere
    sources:
      rates-notice: {citation: "A notice, 2019"}
    evidence: derived
    source: rates-notice
    range-factor: [0.5, 1.5]
    policies:
      rates:
        lever: tiered-rates
        village: 0.10
        township: 0.10
        community: 0.10
        county: -0.05
        city: -0.10
        outside: -0.10
        care: both
        schemes: [resident]

    """

  /// The hamlet with a library inside its folder, and lines added to its model file.
  static func hamlet(adopting lines: String, policy: String = rates) throws -> RegionCopy {
    let copy = try RegionCopy(edits: ["model.yaml": { $0 + lines }])
    try FileManager.default.createDirectory(
      atPath: copy.folder + "/policies", withIntermediateDirectories: true)
    try policy.write(
      toFile: copy.folder + "/policies/rates-by-tier.yaml", atomically: true, encoding: .utf8)
    return copy
  }

  static func lines(_ copy: RegionCopy) -> [String] {
    (ModelCheck(path: copy.folder).faults?.list ?? []).map {
      $0.description.replacing(copy.folder + "/", with: "")
    }
  }

  @Test("a policy adopted in one line acts as the same policy of the region's own")
  func sameAsOwn() throws {
    let copy = try Self.hamlet(adopting: "\nadopt:\n  rates-by-tier: {in-force: yes}\n")
    let adopted = ScenarioTests.Outcome(try TestRegion.read(folder: copy.folder).runWhole())
    let own = ScenarioTests.Outcome(
      try TestRegion.read(TestRegion.inForce(["rates"])).runWhole())
    #expect(adopted == own)
  }

  @Test("a policy adopted and not in force changes no number")
  func notInForce() throws {
    let copy = try Self.hamlet(adopting: "\nadopt:\n  rates-by-tier: {in-force: no}\n")
    let adopted = ScenarioTests.Outcome(try TestRegion.read(folder: copy.folder).runWhole())
    #expect(adopted == ScenarioTests.Outcome(try TestRegion.read().runWhole()))
  }

  @Test("what the region says stands in place of what the policy says; paths lead into it")
  func overrides() throws {
    let own = ScenarioTests.Outcome(
      try TestRegion.read(
        TestRegion.inForce(["rates"]) + [
          "policies.rates.village=0.3", "policies.rates.county=0",
          "policies.rates.start=2019-07-01",
        ]
      ).runWhole())
    let copy = try Self.hamlet(
      adopting: """

        adopt:
          rates-by-tier:
            in-force: no
            start: 2019-07-01
            policies: {rates: {village: {value: 0.3, evidence: assumed, range: [0.2, 0.4]}}}

        """)
    let region = try TestRegion.read(
      ["adopt.rates-by-tier.in-force=yes", "adopt.rates-by-tier.policies.rates.county=0"],
      folder: copy.folder)
    #expect(ScenarioTests.Outcome(region.runWhole()) == own)
  }

  @Test("faults name the file that holds them, and what would be right")
  func faults() throws {
    let unknown = try Self.hamlet(adopting: "\nadopt:\n  rates-by-tear: {in-force: no}\n")
    #expect(
      Self.lines(unknown).count == 1
        && Self.lines(unknown)[0].hasSuffix(
          "adopt.rates-by-tear: is not a policy of the library; did you mean rates-by-tier?"),
      "\(Self.lines(unknown))")
    let misspelt = try Self.hamlet(
      adopting: "\nadopt:\n  rates-by-tier: {in-force: no}\n",
      policy: Self.rates.replacing("care: both", with: "care: all\n    cares: 1"))
    #expect(
      Self.lines(misspelt).allSatisfy { $0.hasPrefix("policies/rates-by-tier.yaml:") }
        && Self.lines(misspelt).count == 2, "\(Self.lines(misspelt))")
    let bare = try Self.hamlet(
      adopting: "\nadopt:\n  rates-by-tier: yes\n")
    #expect(Self.lines(bare).count == 1 && Self.lines(bare)[0].contains("write {in-force: no}"))
    let undated = try Self.hamlet(
      adopting: "\nadopt:\n  rates-by-tier: {in-force: no}\n",
      policy: Self.rates.replacing("date: 2019-06-02\n", with: ""))
    #expect(Self.lines(undated).count == 1 && Self.lines(undated)[0].contains("add start"))
    let early = try Self.hamlet(
      adopting: "\nadopt:\n  rates-by-tier: {in-force: yes, start: 2018-01-01}\n")
    #expect(
      Self.lines(early).count == 1 && Self.lines(early)[0].contains("is before the run begins"),
      "\(Self.lines(early))")
  }

  @Test("a number that a region puts in place of the policy's needs evidence of its own")
  func evidence() throws {
    // The hamlet's model file says nothing of evidence at its top.
    let copy = try Self.hamlet(
      adopting: """

        adopt:
          rates-by-tier: {in-force: no, policies: {rates: {village: 0.3}}}

        """)
    #expect(
      Self.lines(copy).count == 1
        && Self.lines(copy)[0].contains("village: is a number without evidence of its own"),
      "\(Self.lines(copy))")
  }
}
