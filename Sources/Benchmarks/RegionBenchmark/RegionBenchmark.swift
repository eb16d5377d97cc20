import CarePathways
// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import ModelFiles
import PatientFlow
import Randomness
import SimulationKernel

/// CPU seconds of a replication-year of a region, what a visit costs when the region grows, and what
/// it costs with every policy of its files in force.
///
/// Usage: `RegionBenchmark [MODEL [FACTOR…]]`; by default `Models/lanshan` at 1 and 10 times its people,
/// doctors, exam rooms and beds. Each size is run for a year after 60 days of warm-up; growth is told
/// by CPU time a visit within one run of this program.
///
/// `RegionBenchmark policies [MODEL [LEFT-OUT…]]` runs the model without and with all policies of its
/// files from the start of the run, in turn, three times, and tells the ratio of the time a visit.
@main
struct RegionBenchmark {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    if arguments.first == "policies" {
      return try comparePolicies(
        arguments.dropFirst().first ?? "Models/lanshan", without: arguments.dropFirst(2))
    }
    let path = arguments.first ?? "Models/lanshan"
    let factors = arguments.dropFirst().compactMap(Int.init)
    var reference: Double?
    for factor in factors.isEmpty ? [1, 10] : factors {
      let year = try measure(path, overrides(path, factor))
      reference = reference ?? year.nanosecondsPerVisit
      let ratio = year.nanosecondsPerVisit / reference!
      print(
        "× \(factor): \(rounded(year.seconds)) s a replication-year, \(year.visits) visits, "
          + "\(Int(year.nanosecondsPerVisit)) ns a visit (× \(rounded(ratio)) of the first), "
          + "\(year.megabytes) MB at most, checksum \(String(year.checksum, radix: 16))")
    }
  }

  struct Year {
    var seconds: Double
    var visits: Int
    var checksum: UInt64
    var megabytes: Int
    var nanosecondsPerVisit: Double { seconds / Double(visits) * 1e9 }
  }

  /// The time of a visit with all policies in force beside the time of one without any.
  static func comparePolicies(_ path: String, without leftOut: some Sequence<String>) throws {
    let document = try ExperimentPlan(path: path).points[0].document
    let leftOut = Set(leftOut)
    let start = document.root["run"]?["start"]?.text ?? ""
    let names = (document.root["policies"]?.entries ?? []).map(\.key)
      .filter { !leftOut.contains($0) }
    let inForce = names.flatMap {
      [
        ExperimentPlan.Setting("policies.\($0).in-force", "yes"),
        ExperimentPlan.Setting("policies.\($0).start", start),
      ]
    }
    for _ in 0..<3 {
      let none = try measure(path, [])
      let all = try measure(path, inForce)
      print(
        "\(names.count) policies: \(Int(all.nanosecondsPerVisit)) ns a visit, none: "
          + "\(Int(none.nanosecondsPerVisit)) ns, ratio "
          + "\(rounded(all.nanosecondsPerVisit / none.nanosecondsPerVisit))")
    }
  }

  static func measure(_ path: String, _ settings: [ExperimentPlan.Setting]) throws -> Year {
    let plan = try ExperimentPlan(path: path, overrides: settings)
    let faults = FaultCollector()
    let model = RegionReader.region(plan.points[0].document, faults)
    try faults.throwIfAny()
    guard let model else { preconditionFailure("a region without faults compiles") }
    let warmUpEnd = SimulationTime.zero + .days(60)
    let window = RunWindow(warmUpEnd: warmUpEnd, end: warmUpEnd + .days(365))
    let run = RegionRun(model: model, window: window, root: RandomRoot(seed: 1, replication: 1))
    run.advance(until: warmUpEnd)
    let before = threadSeconds()
    run.advance(until: window.end)
    let seconds = threadSeconds() - before
    run.checkConservation()
    let visits = run.observations(requested: []).first {
      $0.measure == "visits" && $0.dimension.isEmpty
    }
    return Year(
      seconds: seconds, visits: Int(visits?.value ?? 0), checksum: run.checksum,
      megabytes: peakMegabytes())
  }

  /// A region `factor` times as large, in the same places.
  static func overrides(_ path: String, _ factor: Int) throws -> [ExperimentPlan.Setting] {
    guard factor != 1 else { return [] }
    let scaled = [
      "].population", "].clinic_doctors", "].clinic_doctors_weekday", "].clinic_doctors_weekend",
      "].acute_beds", "].recovery_beds", "].exam_rooms",
    ]
    return try ExperimentPlan(path: path).points[0].document.leaves().compactMap { leaf in
      guard scaled.contains(where: leaf.path.hasSuffix), let value = Int(leaf.text) else {
        return nil
      }
      return ExperimentPlan.Setting(leaf.path, String(value * factor))
    }
  }

  static func threadSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }

  static func peakMegabytes() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1024
  }

  static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
