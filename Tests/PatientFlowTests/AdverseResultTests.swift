// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import Foundation
import ModelFiles
import OutputAnalysis
import PatientFlow
import Randomness
import SimulationKernel
import Testing

/// The adverse results that the model must be able to bring about, each by an experiment that stands
/// in Experiments/: long tests, run by `Tests/run --long`, hold each to its sign.
@Suite struct AdverseResultTests {
  private static let isLong = ProcessInfo.processInfo.environment["YILIAN_LONG"] == "1"
  static let names = ["more-use", "dearer-primary", "fewer-visits", "delay", "two-towns"]

  static func plan(_ name: String) throws -> ExperimentPlan {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    return try ExperimentPlan(
      path: tests.deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Experiments/small-county-\(name).yaml").path)
  }

  @Test("every adverse experiment reads and compiles, and sets something", arguments: names)
  func reads(name: String) throws {
    let plan = try Self.plan(name)
    #expect(plan.points.count == 2)
    for point in plan.points {
      let faults = FaultCollector()
      #expect(RegionReader.region(point.document, faults) != nil)
      #expect(faults.isEmpty)
    }
    for request in plan.measures {
      let measure = RegionMeasures.catalogue.first { $0.name == request.measure }
      #expect(measure?.dimensions.contains(request.dimension) == true, "\(request)")
    }
  }

  /// One value of a run, by measure, dimension and member.
  typealias Value = (String, String, String)

  /// Pairs of the baseline's and the other scenario's values, a row for each replication.
  static func pairs(_ name: String, _ values: [Value]) throws -> [[(base: Double, other: Double)]] {
    let plan = try Self.plan(name)
    let models = try plan.points.map {
      try #require(RegionReader.region($0.document, FaultCollector()))
    }
    return try (1...plan.replications).map { replication in
      let rows = models.map { model in
        let run = RegionRun(
          model: model, window: plan.window,
          root: RandomRoot(seed: plan.seed, replication: UInt32(replication)))
        run.advance(until: plan.window.end)
        run.checkConservation()
        return run.allObservations
      }
      return try values.map { measure, dimension, member in
        let both = try rows.map { rows in
          let row = rows.first {
            $0.measure == measure && $0.dimension == dimension && $0.member == member
          }
          return try #require(row?.value)
        }
        return (both[0], both[1])
      }
    }
  }

  /// Expects a difference between scenarios to have a sign (Student's t, one-sided).
  ///
  /// Passes for no difference, or one of the other sign, once in a million seeds; it needs a
  /// difference of 22 standard errors with six replications, and of 9 with twelve.
  static func expectSign(
    _ differences: [Double], _ sign: Double, _ comment: Comment,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let count = Double(differences.count)
    let mean = differences.reduce(0, +) / count
    let variance =
      differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    let t = sign * mean / (variance / count).squareRoot()
    #expect(
      gsl_cdf_tdist_Q(t, count - 1) <= falsePositiveRate, "\(comment): mean \(mean), t \(t)",
      sourceLocation: sourceLocation)
  }

  static func differences(_ rows: [[(base: Double, other: Double)]], _ place: Int) -> [Double] {
    rows.map { $0[place].other - $0[place].base }
  }

  @Test(
    "more total use: with a new centre more care is sought, at hospitals too",
    .enabled(if: isLong))
  func moreUse() throws {
    let rows = try Self.pairs(
      "more-use", [("visits", "", ""), ("fund-spend", "", ""), ("visits", "tier", "county")])
    Self.expectSign(Self.differences(rows, 0), 1, "visits")
    Self.expectSign(Self.differences(rows, 1), 1, "fund-spend")
    Self.expectSign(Self.differences(rows, 2), 1, "county visits")
  }

  @Test(
    "dearer primary cases: equipment and services raise the bill of a case",
    .enabled(if: isLong))
  func dearerPrimary() throws {
    let rows = try Self.pairs(
      "dearer-primary", [("billed", "tier", "township"), ("visits", "tier", "township")])
    let bills = rows.map { $0[0].other / $0[1].other - $0[0].base / $0[1].base }
    Self.expectSign(bills, 1, "CNY a visit, stays with it")
  }

  @Test(
    "fewer visits: long prescriptions take refills away from primary care",
    .enabled(if: isLong))
  func fewerVisits() throws {
    let rows = try Self.pairs("fewer-visits", [("visits", "", ""), ("visits", "tier", "township")])
    Self.expectSign(Self.differences(rows, 0), -1, "visits")
    Self.expectSign(Self.differences(rows, 1), -1, "township visits")
  }

  @Test(
    "delay: fewer hospital beds, and who needs one waits longer or leaves",
    .enabled(if: isLong))
  func delay() throws {
    let rows = try Self.pairs(
      "delay", [("bed-wait-days", "", ""), ("leaked-admissions", "", "")])
    Self.expectSign(Self.differences(rows, 0), 1, "wait for a bed")
    Self.expectSign(Self.differences(rows, 1), 1, "gave up waiting")
  }

  @Test("two towns: the same leave for training has another sign in each", .enabled(if: isLong))
  func twoTowns() throws {
    let rows = try Self.pairs(
      "two-towns",
      [
        ("visits", "institution", "eastbank-centre"), ("visits", "institution", "westhill-centre"),
      ])
    Self.expectSign(Self.differences(rows, 0), 1, "visits at Eastbank's centre")
    Self.expectSign(Self.differences(rows, 1), -1, "visits at Westhill's centre")
  }
}
