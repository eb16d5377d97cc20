// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import ModelFiles
import PatientFlow
import Randomness
import SimulationKernel
import Testing

/// What an alliance makes one, and who joins it.
@Suite struct AllianceTests {
  static func terms(_ numbers: [String: Double] = [:], unified: [String] = []) -> AllianceTerms {
    var settings = LeverSettings()
    settings.institutions = ["lead": [0], "members": [2, 3, 4]]
    settings.words = ["unified": unified]
    settings.numbers = numbers
    return AllianceTerms(settings)
  }

  static let policy = """
      community:
        lever: alliance
        in-force: no
        start: 2019-06-02
        alliance: ford-community
        unified: [staff, money, exams, records]
        stock-share: 0
        earnings-share: 0
        assigned-share: 0
        record-share: 0
        join-share: 0.5
        join-response: 0.0001 1/CNY
        join-subsidy: 0 CNY
        join-cost: 0 CNY
        term: 30 d

    """

  /// The hamlet with an alliance, of which two members are private.
  static func hamlet(policy: String = policy) throws -> RegionCopy {
    try RegionCopy(edits: [
      "policies.yaml": { $0 + policy },
      "model.yaml": {
        $0 + """

          alliances:
            ford-community:
              form: county-community
              title: Ford community
              title-zh: 福特医共体
              lead: county-hospital
              members: [ford-centre, mill-centre, hill-centre]

          """
      },
      "institutions.csv": { text in
        text.split(separator: "\n").enumerated().map { line, row in
          row
            + (line == 0
              ? ",ownership"
              : row.hasPrefix("mill") || row.hasPrefix("hill") ? ",private" : ",public")
        }.joined(separator: "\n") + "\n"
      },
    ])
  }

  @Test("what is made one tells a tight alliance from a loose one, and nothing else does")
  func parts() {
    let numbers = [
      "earnings-share": 0.4, "assigned-share": 0.9, "record-share": 0.8, "stock-share": 0.7,
    ]
    let loose = Self.terms(numbers)
    #expect(loose.earningsShare == 0 && loose.assignedShare == 0 && loose.recordShare == 0)
    #expect(loose.stockShare == 0 && !loose.unifies(.exams, 0, 2))
    let tight = Self.terms(numbers, unified: AllianceTerms.Part.allCases.map(\.rawValue))
    #expect(tight.earningsShare == 0.4 && tight.assignedShare == 0.9 && tight.recordShare == 0.8)
    #expect(tight.stockShare == 0.7 && tight.unifies(.exams, 0, 2) && tight.unifies(.exams, 4, 3))
    #expect(!tight.unifies(.exams, 0, 1))
    let medium = Self.terms(numbers, unified: ["staff", "exams"])
    #expect(medium.earningsShare == 0 && medium.assignedShare == 0.9 && medium.recordShare == 0)
  }

  @Test("an alliance that makes nothing one changes no number, nor do shares of nothing")
  func zero() throws {
    let copy = try Self.hamlet()
    let others = TestRegion.inForce(["experts", "step-down", "deductible"])
    let base = try TestRegion.read(others, folder: copy.folder).runWhole()
    for settings in [
      [
        "policies.community.unified=[staff, money, purchasing, records]",
        "policies.community.join-share=0.999",
        "policies.community.join-subsidy=1000000 CNY",
      ]
    ] {
      let run = try TestRegion.read(
        others + settings + TestRegion.inForce(["community"]), folder: copy.folder
      ).runWhole()
      #expect(run.simulation.model.domain.policies.isOut.allSatisfy { !$0 })
      #expect(run.checksum == base.checksum && run.eventCount == base.eventCount)
      let measures = { (run: RegionRun) in
        run.allObservations.filter {
          $0.measure != "alliance-subsidies" && $0.measure != "members-joined"
        }
      }
      #expect(measures(run) == measures(base))
    }
  }

  @Test("one staff keeps the plan, one purse lets what is earned below count for the lead")
  func tight() throws {
    let policy = Self.policy.replacing("assigned-share: 0\n", by: "assigned-share: 0.9\n")
    let copy = try RegionCopy(edits: [
      "policies.yaml": {
        $0.replacing(
          "    known-after: 30 d\n  referral:",
          by: """
                known-after: 30 d
                willingness-base: -1
                money-response: 0.001 1/CNY
                adjustment: 10 d
              referral:
            """)
          + policy.replacing(
            "alliance: ford-community",
            by: """
              lead: county-hospital
                  members: [ford-centre, mill-centre, hill-centre]
              """)
      }
    ])
    func run(_ settings: [String]) throws -> RegionRun {
      try TestRegion.read(
        settings + ["policies.experts.days-per-month=8", "run.length=300 d"]
          + TestRegion.inForce(["experts", "community"]), folder: copy.folder
      ).runWhole()
    }
    let nobody = "policies.community.assigned-share=0"
    let loose = try run([nobody, "policies.community.unified=[exams]"])
    let staff = try run(["policies.community.unified=[staff, exams]"])
    let money = try run([
      nobody, "policies.community.unified=[money, exams]",
      "policies.community.earnings-share=1",
    ])
    // A plan of 8 days a month at three members, from day 90 to 358.
    let weekdays = (90..<359).count { $0 % 7 < 5 }
    let planned: Double = 3 * 8 / (365.25 * 5 / 7 / 12) * Double(weekdays)
    // The loose one falls to σ(−1 − c1 lost), below σ(−1) = 0.27, within some weeks.
    #expect(Double(loose.needs(\.expertDays)) < 0.4 * planned)
    #expect(abs(Double(staff.needs(\.expertDays)) - 0.905 * planned) < 0.03 * planned)
    let aims = [loose, money].map { $0.simulation.model.domain.experts.willingness[0].aim }
    #expect(aims[1] > aims[0])
  }

  @Test(
    "one purchasing closes a share of the distance to the lead's drugs, for those who are in it")
  func purchasing() throws {
    let copy = try Self.hamlet()
    let run = try TestRegion.read(
      [
        "policies.community.unified=[purchasing]", "policies.community.stock-share=0.5",
        "policies.community.join-share=0.001", "policies.community.join-cost=1000000 CNY",
      ] + TestRegion.inForce(["community"]), folder: copy.folder
    ).begin()
    run.advance(until: midnight(91))
    let policies = run.simulation.model.domain.policies
    func stock(_ name: String) -> Double { policies.stock(at: run.site(name), .township) }
    // A township centre has 0.88 of the drugs, the lead 0.98; the others stay out.
    #expect(abs(stock("ford-centre") - 0.93) < 1e-12)
    #expect(abs(stock("mill-centre") - 0.88) < 1e-12 && abs(stock("hill-centre") - 0.88) < 1e-12)
  }

  private static let isLong = ProcessInfo.processInfo.environment["YILIAN_LONG"] == "1"

  @Test(
    "of one plan a tight alliance keeps more than a loose one, and money more", .enabled(if: isLong)
  )
  func looseAndTight() throws {
    let plan = try ExperimentPlan(
      path: TestRegion.folder("small-county") + "/../../Experiments/small-county-alliances.yaml")
    var kept: [String: Double] = [:]
    for point in plan.points.dropFirst() {
      let model = try #require(RegionReader.region(point.document, FaultCollector()))
      let run = RegionRun(
        model: model, window: plan.window, root: RandomRoot(seed: plan.seed, replication: 1))
      run.advance(until: plan.window.end)
      run.checkConservation()
      kept[point.scenario] = try run.value("expert-days-kept")
    }
    // The floor is 0.3; what is assigned 0.9; the first days are kept by all.
    let (loose, medium) = (try #require(kept["loose"]), try #require(kept["medium"]))
    let (tight, paid) = (try #require(kept["tight"]), try #require(kept["paid"]))
    #expect(loose < 0.6 && tight > 0.85)
    #expect(abs(medium - loose) < 0.02 && paid >= loose)
  }

  @Test("what is earned below counts for the lead in what it offers, by the share and no more")
  func bedDays() throws {
    var settings = LeverSettings()
    settings.institutions = ["lead": [0], "members": [2]]
    settings.numbers = [
      "offer-at-base": 0.21, "offer-slope": 0.0023, "saving-share": 0, "variable-cost-share": 0.6,
      "acceptance-mean": 0.38, "money-weight": 5, "quality-weight": 1, "nearer-weight": 0.5,
    ]
    let policy = StepDown(settings)
    var terms = BedDayTerms()
    func offer() -> Double {
      policy.offerProbability(
        isQueued: false, acuteDay: 820, recoveryDay: 410, recoveryDayBelow: 220, terms: terms)
    }
    let base = offer()
    terms.shareBelow = 0.5
    let odds: Double = base / (1 - base) * exp(0.0023 * 0.5 * 0.4 * 220)
    #expect(abs(offer() - odds / (1 + odds)) < 1e-12)
  }

  @Test("two leads each have their own: one keeps its staff's plan, the other goes as it likes")
  func severalLeads() throws {
    let keys = """
          days-per-month: 8
          compliance: 1
          sessions-per-day: 1
          session-capacity: 4
          quality-gain: 0.3
          scope-gain: 0.1
          skill-per-day: 0
          known-share: 0.5
          known-after: 30 d
          willingness-base: -3
          adjustment: 5 d

      """
    let copy = try RegionCopy(edits: [
      "policies.yaml": {
        $0
          + ["county-hospital": "mill-centre", "county-annex": "hill-centre"].sorted { $0 < $1 }
          .map { lead, member in
            """
              from-\(lead):
                lever: rotating-experts
                in-force: yes
                start: 2019-06-02
                lead: \(lead)
                members: [\(member), ford-centre]

            """ + keys + """
                of-\(lead):
                  lever: alliance
                  in-force: yes
                  start: 2019-06-02
                  lead: \(lead)
                  members: [\(member)]
                  unified: [\(lead == "county-annex" ? "staff" : "exams")]
                  assigned-share: \(lead == "county-annex" ? 0.95 : 0)

              """
          }.joined()
      },
      "institutions.csv": {
        $0.replacing(
          "county-annex,county,ford,29.995,110.010,1,1",
          by: "county-annex,county,ford,29.995,110.010,3,1")
      },
    ])
    let run = try TestRegion.read(["run.length=300 d"], folder: copy.folder).runWhole()
    let domain = run.simulation.model.domain
    let postings = domain.policies.experts
    #expect(
      postings.map(\.lead).sorted() == [run.site("county-hospital"), run.site("county-annex")])
    let hours = postings.map { posting in
      Double(domain.expertTime.taken(from: posting.lead, at: run.now)) / 3.6e9
    }
    // Planned: 8 half-days with a short way at two members; one lead keeps 0.95, the other σ(−3).
    let annex = try #require(postings.firstIndex { $0.lead == run.site("county-annex") })
    #expect(hours[annex] > 5 * hours[1 - annex])
    #expect(domain.experts.posts(at: run.site("ford-centre")).count == 2)
    #expect(domain.policies.areResultsRecognised(from: run.site("mill-centre"), at: 0))
    #expect(!domain.policies.areResultsRecognised(from: run.site("hill-centre"), at: 0))
  }

  @Test("a budget's saving makes leads more willing, by their doctors' part of it")
  func saving() throws {
    let copy = try RegionCopy(edits: [
      "policies.yaml": {
        $0.replacing(
          "    known-after: 30 d\n  referral:",
          by: """
                known-after: 30 d
                willingness-base: 0
                money-response: 0.001 1/CNY
              referral:
            """) + """
              budget:
                lever: global-budget
                in-force: no
                start: 2019-06-02
                lead: county-hospital
                members: [ford-centre, mill-centre, hill-centre]
                schemes: [resident]
                fund-per-head: 3000 CNY
                reserve: 0.05
                budget-share: 0.95
                retained: 0.8
                county-share: 0.5
                township-share: 0.3
                village-share: 0.2
                pressure-limit: 0.3
                shift-per-pressure: 0.3

            """
      }
    ])
    func run(_ names: [String]) throws -> RegionRun {
      let run = try TestRegion.read(TestRegion.inForce(names), folder: copy.folder).begin()
      // The first quarter ends with day 180.
      run.advance(until: midnight(181) + TimeSpan(microseconds: 1))
      return run
    }
    let (poor, rich) = (try run(["experts"]), try run(["experts", "budget"]))
    func odds(_ run: RegionRun) -> Double {
      let aim = run.simulation.model.domain.experts.willingness[0].aim
      return log(aim / (1 - aim))
    }
    let year = try #require(rich.budgetAccounts[0].years.last)
    let saved = year.available.inYuan * 91 / Double(year.days) - year.spent.inYuan
    // 13 weeks from a Sunday on: 65 weekdays with three doctors, 26 days with one.
    let expected = 0.001 * 0.8 * 0.5 * saved / (3 * 65 + 26)
    #expect(saved > 0)
    #expect(abs(odds(rich) - odds(poor) - expected) < 1e-9 * max(1, expected))
  }

  @Test("the experiment on alliances has no fault")
  func experiment() {
    let folder =
      TestRegion.folder("small-county") + "/../../Experiments/small-county-alliances.yaml"
    #expect(ModelCheck(path: folder).faults == nil)
  }
}
