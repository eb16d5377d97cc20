// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import ModelFiles
import PatientFlow
import Randomness
import SimulationKernel
import Testing

/// Who joins an alliance, and what it is to stay out of it.
extension AllianceTests {
  @Test("a private member joins by what it gains, as the logit says")
  func joining() {
    #expect(Self.terms().joinProbability(gain: -1e9) == 1)
    let terms = Self.terms(["join-share": 0.3, "join-response": 0.0002])
    #expect(abs(terms.joinProbability(gain: 0) - 0.3) < 1e-12)
    let odds = 0.3 / 0.7 * exp(0.0002 * 5000)
    #expect(abs(terms.joinProbability(gain: 5000) - odds / (1 + odds)) < 1e-12)
    #expect(terms.joinProbability(gain: 5001) > terms.joinProbability(gain: 5000))
    let term = AllianceTerm(end: 130, brought: 1000, begun: 30)
    let gain: Double = 3000.0 / 100.0 * 365.0 / 2.0
    #expect(abs(term.gain(brought: 4000, on: 130, members: 2) - gain) < 1e-9)
    #expect(term.gain(brought: 4000, on: 130, members: 0) == 0)
  }

  // 300 replications of two private members: an error of 0.2 in the share is found, with a rate of
  // false alarms of 1e-6.
  @Test("who joins is drawn once; a subsidy adds members and takes none away")
  func members() throws {
    let copy = try Self.hamlet()
    func joined(_ settings: [String], replications: Int) throws -> [[Bool]] {
      let region = try TestRegion.read(
        settings + [
          "towns[ford].population=20", "towns[mill].population=20",
          "towns[hill].population=20", "policies.community.start=2019-03-04",
        ]
          + TestRegion.inForce(["community"]), folder: copy.folder)
      return (1...replications).map { replication in
        let run = region.begin(replication: UInt32(replication))
        run.advance(until: midnight(1))
        return run.simulation.model.domain.policies.isOut.map { !$0 }
      }
    }
    let poor = try joined([], replications: 300)
    let rich = try joined(["policies.community.join-subsidy=10000 CNY"], replications: 300)
    let sites = [3, 4]
    let count = poor.reduce(0) { sum, isIn in sum + sites.count { isIn[$0] } }
    expectBinomial(count, of: 600, probability: 0.5)
    let more = rich.reduce(0) { sum, isIn in sum + sites.count { isIn[$0] } }
    expectBinomial(more, of: 600, probability: exp(1) / (1 + exp(1)))
    for (one, other) in zip(poor, rich) {
      // Public places and places without an alliance take part in any case.
      #expect(one.indices.allSatisfy { sites.contains($0) || one[$0] })
      for site in sites { #expect(!one[site] || other[site]) }
    }
  }

  @Test("an expert does not come to who stays out, nor are its results and records shared")
  func out() throws {
    let copy = try Self.hamlet()
    let settings = [
      "policies.community.join-share=0.001", "policies.community.join-cost=1000000 CNY",
      "policies.community.record-share=0.7",
    ]
    let region = try TestRegion.read(
      settings + TestRegion.inForce(["community", "experts"]), folder: copy.folder)
    let run = region.runWhole()
    let domain = run.simulation.model.domain
    let (lead, inside, outside) = (0, run.site("ford-centre"), run.site("mill-centre"))
    #expect(domain.policies.takesPart(inside) && !domain.policies.takesPart(outside))
    #expect(domain.expertTime.received(at: inside, at: run.now) > 0)
    #expect(domain.expertTime.received(at: outside, at: run.now) == 0)
    #expect(domain.policies.areResultsRecognised(from: inside, at: lead))
    #expect(!domain.policies.areResultsRecognised(from: outside, at: lead))
    #expect(domain.policies.recordsShared(inside, lead, on: 100) == 0.7)
    #expect(domain.policies.recordsShared(outside, lead, on: 100) == 0)
    #expect(domain.policies.alliance(of: lead, with: outside) == nil)
  }

  @Test("when a term ends, private members decide by what it has brought those who were in it")
  func terms() throws {
    let copy = try Self.hamlet()
    let settings = ["policies.community.join-response=0.0003 1/CNY"]
    let region = try TestRegion.read(
      settings + TestRegion.inForce(["experts", "community", "step-down"]), folder: copy.folder)
    var changes = 0
    for replication in 1...12 {
      let run = region.begin(replication: UInt32(replication))
      let root = RandomRoot(seed: 20_190_304, replication: UInt32(replication))
      let members = ["ford-centre", "mill-centre", "hill-centre"].map { run.site($0) }
      func ranks() -> [Double] {
        members.map { member in
          var stream = RandomStream(
            root, Purpose("alliance-joining"),
            owner: Purpose("institution", run.model.institutions[member].name).rawValue)
          return stream.uniform()
        }
      }
      func brought() -> Double {
        let tally = run.simulation.model.domain.tally
        // What a visit at a township centre, and days of recovery there, leave over their cost.
        return members.reduce(0) { sum, member in
          Period.allCases.reduce(sum) {
            let cell = tally.site($1, member)
            return $0
              + 0.4
              * (Double(cell.expertVisits) * (62 + 0.25 * 40)
                + Double(cell.stepDowns) * 2.5 * 220)
          }
        }
      }
      run.advance(until: midnight(100))
      var isIn = members.map { run.simulation.model.domain.policies.takesPart($0) }
      #expect(isIn == [true] + ranks().dropFirst().map { $0 < 0.5 })
      var before = 0.0
      for end in [120, 150] {
        run.advance(until: midnight(end))
        let now = brought()
        let gain: Double = (now - before) / 30 * 365 / Double(isIn.count { $0 })
        before = now
        run.advance(until: midnight(end) + .hours(1))
        let probability = 1 / (1 + exp(-0.0003 * gain))
        let next = members.map { run.simulation.model.domain.policies.takesPart($0) }
        #expect(next == [true] + ranks().dropFirst().map { $0 < probability })
        if next != isIn { changes += 1 }
        isIn = next
      }
      run.checkConservation()
    }
    // Some change their mind, or the check has nothing to find.
    #expect(changes > 2)
  }
}
