// SPDX-License-Identifier: GPL-3.0-or-later
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
