// SPDX-License-Identifier: GPL-3.0-or-later
import ModelFiles
import PatientFlow
import Testing

/// Alliances and roles of institutions as a region's files state them.
@Suite struct AlliancePartiesTests {
  private static let parties = """
        lead: county-hospital
        members: [ford-centre, mill-centre, hill-centre]

    """

  /// The hamlet with its three alliance policies said by the name of an alliance.
  private static func byName() throws -> RegionCopy {
    try RegionCopy(edits: [
      "policies.yaml": { text in
        "alliances:\n  hamlets:\n    form: county-community\n\(parties)"
          + text.replacing(parties, by: "    alliance: hamlets\n")
      }
    ])
  }

  @Test("a policy that names an alliance is the policy that lists its lead and members")
  func byNameOrByList() throws {
    let copy = try Self.byName()
    let settings = TestRegion.inForce(["experts", "referral", "step-down"])
    let listed = try TestRegion.read(settings).runWhole()
    let named = try TestRegion.read(settings, folder: copy.folder)
    #expect(named.model.alliances.map(\.name) == ["hamlets"])
    let run = named.runWhole()
    #expect(run.checksum == listed.checksum)
    #expect(run.allObservations == listed.allObservations)
    #expect(run.policyPeriod.registered > 0)
  }

  /// The hamlet with two alliances in the place of its parties, and what its policies say of them.
  private static func two(_ leads: (String, String), saying line: String) throws -> RegionCopy {
    try RegionCopy(edits: [
      "policies.yaml": { text in
        """
        alliances:
          rivers: {form: county-community, lead: \(leads.0), members: [ford-centre, mill-centre]}
          hills: {form: county-community, lead: \(leads.1), members: [hill-centre]}

        """ + text.replacing(parties, by: "    \(line)\n")
      }
    ])
  }

  @Test("a policy of all alliances holds in each by itself; those of one lead are one agreement")
  func ofAll() throws {
    let settings = TestRegion.inForce(["experts", "referral", "step-down"])
    let lead = "county-hospital"
    let listed = try TestRegion.read(settings).runWhole()
    for line in ["alliances: all", "alliances: [rivers, hills]"] {
      let copy = try Self.two((lead, lead), saying: line)
      let run = try TestRegion.read(settings, folder: copy.folder).runWhole()
      #expect(run.checksum == listed.checksum, "\(line)")
    }
    let rivers = try Self.two((lead, lead), saying: "alliances: [rivers]")
    let some = try TestRegion.read(settings, folder: rivers.folder).runWhole()
    #expect(some.checksum != listed.checksum)

    // Of two leads there are two policies, by one set of numbers.
    let apart = try Self.two((lead, "county-annex"), saying: "alliances: all")
    let region = try TestRegion.read(TestRegion.inForce(["experts"]), folder: apart.folder)
    #expect(region.runWhole().model.policies.map(\.name) == ["experts.rivers", "experts.hills"])
  }

  @Test("alliances that are not there, or said twice, or of a lever without members, are faults")
  func faults() throws {
    for (line, fault) in [
      ("alliances: [rivers, lakes]", "lakes"),
      ("alliances: all\n    alliance: rivers", "is said by alliances too"),
      ("alliances: all\n    members: [hill-centre]", "is said by alliances too"),
    ] {
      let copy = try Self.two(("county-hospital", "county-annex"), saying: line)
      let faults = ModelCheck(path: copy.folder).faults?.list.map(\.description) ?? []
      #expect(faults.contains { $0.contains(fault) }, "\(line): \(faults)")
    }
  }

  @Test("a nursing home is in no choice set and sees no emergency")
  func placesToRecover() throws {
    let copy = try RegionCopy(edits: [
      "institutions.csv": { text in
        let rows = text.split(separator: "\n").map(String.init)
        return
          ([rows[0] + ",role"] + rows.dropFirst().map { $0 + ",general" } + [
            "home,county,ford,30.0,110.0,0,0,0,5,0,no,0,0,nursing"
          ]).joined(separator: "\n") + "\n"
      }
    ])
    let base = try TestRegion.read().runWhole()
    let run = try TestRegion.read(folder: copy.folder).runWhole()
    let home = run.site("home")
    #expect(run.model.choiceSets.alternatives.allSatisfy { Int($0.institution) != home })
    for period in Period.allCases {
      let cell = run.simulation.model.domain.tally.site(period, home)
      #expect(cell.visits == 0 && cell.admissions == 0)
    }
    #expect(try run.value("visits") == base.value("visits"))
  }
}
