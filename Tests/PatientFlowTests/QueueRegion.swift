// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import PatientFlow
import Randomness
import SimulationKernel

/// The hamlet made a queue of theory: one kind of need, evenly over the day and the week, places that
/// never close at one spot, service and stays exponential, and no belief that moves a choice.
final class QueueRegion {
  private let copy: RegionCopy
  let region: TestRegion

  /// - Parameters:
  ///   - consult, patience: as the pathway's file writes them.
  ///   - stay: mean of the exponential stay, hours.
  init(
    consult: String, stay: Double = 4.8, patience: String = "0 min", annex: Bool = false,
    settings: [String]
  ) throws {
    let flatHours =
      "hour,share\n" + (0..<24).map { "\($0),0.0416666667\n" }.joined()
    copy = try RegionCopy(edits: [
      "pathways.yaml": { _ in Self.pathways(consult: consult, stay: stay, patience: patience) },
      "hours.csv": { _ in flatHours },
      "weekdays.csv": { text in
        text.withRows { $0.map { $0.split(separator: ",")[0] + ",1" } }
      },
      "shocks.csv": { text in
        text.withRows { $0.map { $0.split(separator: ",")[0] + ",1" } }
      },
      "chronic.csv": { text in
        text.withRows { rows in
          rows.map { $0.split(separator: ",")[0] + ",0,0,0,0,0,0.1,0.1,0.1,0.5" }
        }
      },
      "villages.csv": { text in text.withRows { $0.map { Self.atOneSpot($0, from: 3) } } },
      "institutions.csv": { text in
        text.withRows { rows in
          rows.filter { annex || !$0.hasPrefix("county-annex") }
            .map { Self.atOneSpot($0, from: 3) }
        }
      },
    ])
    let tiers = ["village", "township", "community", "county", "city", "outside"]
    var all = tiers.flatMap {
      [
        "tiers[\($0)].opens_hour=0", "tiers[\($0)].closes_hour=24",
        "tiers[\($0)].registration_minutes=0",
      ]
    }
    all += ["cold", "injury", "stroke", "other-outpatient", "other-admission"].map {
      "needs[\($0)].rate_per_year=0"
    }
    all += [
      "wait=0 1/min", "wait-days=0 1/d", "drift.visits=0 1/year", "drift.admissions=0 1/year",
      "trust-learning=0", "recognition=1", "defensive-referral=0", "no-show=0",
      "tiers[county].scope=1", "tiers[county].slots_per_doctor_day=1000",
      // As near to the county alone as the model's files allow.
      "admission-severity.township=0.001", "admission-severity.county=0.998",
      "admission-severity.city=0.001",
      "needs[other-outpatient].seek_share=1", "needs[other-admission].seek_share=1",
      "needs[other-outpatient].admission_probability=0",
      "policies.referral.start=2019-03-04", "policies.referral.hand-down-share=0",
    ]
    for institution in ["county-hospital", "ford-centre", "mill-centre", "hill-centre"] {
      for day in ["weekday", "weekend"] {
        all.append("institutions[\(institution)].clinic_doctors_\(day)=50")
      }
    }
    region = try TestRegion.read(all + settings, folder: copy.folder)
  }

  private static func atOneSpot(_ row: String, from column: Int) -> String {
    var cells = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    (cells[column], cells[column + 1]) = ("30", "110")
    return cells.joined(separator: ",")
  }

  /// The visit with these times. Everybody who goes on without a bed goes elsewhere at once.
  private static func pathways(consult: String, stay: Double, patience: String) -> String {
    """
    evidence: assumed
    range-factor: [0.5, 1.5]
    pathways:
      visit:
        - delay: journey
        - decide: arrival
          exits: {attended: next, absent: absent}
        - delay: registration
        - seize: doctor
        - delay: \(consult)
        - release: doctor
        - decide: outcome
          exits: {home: home, admitted: next}
        - seize: {resource: acute-bed, renege: {after: \(patience), to: without-bed}}
        - delay: {exponential: \(stay) h}
        - release: acute-bed
        - decide: discharge
          exits: {home: home}
        - name: home
          leave: home
        - name: absent
          leave: absent
          outcome: lost
        - name: without-bed
          decide: without-bed
          exits: {home: gave-up}
        - name: gave-up
          leave: without-bed
          outcome: reneged

    """
  }

  /// Settings by which everybody who needs a bed goes to a centre first, is sent up from there, and
  /// finds only county hospitals above; so many a day.
  static func admissions(perDay: Double) -> [String] {
    [
      "needs[other-admission].rate_per_year=\(perDay * 365.25 / 4000)",
      "constants[township].admission=60", "constants[county].admission=30",
      "constants[city].admission=-10", "constants[outside].admission=-10",
    ]
  }
}

/// The chain of a ward with beds kept for one class, and patience: states (in bed, urgent waiting,
/// others waiting), solved by iteration. The urgent go first and may take every bed, the others only
/// while more than `kept` are free; who waits gives up at a rate.
struct WardChain {
  var beds: Int
  var kept: Int
  var urgent: Double
  var others: Double
  var service: Double
  /// `nil`: nobody waits.
  var givingUp: Double?
  var longest = (urgent: 14, others: 34)

  /// Share of time with all beds taken, share with none free for the others, mean number waiting.
  func solve() -> (full: Double, closed: Double, waiting: Double) {
    let (first, second) = givingUp == nil ? (0, 0) : longest
    let (rows, columns) = (first + 1, second + 1)
    func state(_ n: Int, _ q1: Int, _ q2: Int) -> Int { (n * rows + q1) * columns + q2 }
    let open = beds - kept
    let patience = givingUp ?? 0
    let fastest =
      urgent + others + Double(beds) * service + patience * Double(first + second)
    var moves: [(from: Int, to: Int, probability: Double)] = []
    for n in 0...beds {
      for q1 in 0...first where q1 == 0 || n == beds {
        for q2 in 0...second where q2 == 0 || n >= open {
          let here = state(n, q1, q2)
          var out = 0.0
          func go(_ n: Int, _ q1: Int, _ q2: Int, _ rate: Double) {
            guard rate > 0 else { return }
            moves.append((here, state(n, q1, q2), rate / fastest))
            out += rate / fastest
          }
          if n < beds { go(n + 1, q1, q2, urgent) } else if q1 < first { go(n, q1 + 1, q2, urgent) }
          if n < open {
            go(n + 1, q1, q2, others)
          } else if q2 < second {
            go(n, q1, q2 + 1, others)
          }
          if n > 0 {
            let rate = Double(n) * service
            if q1 > 0 {
              go(n, q1 - 1, q2, rate)
            } else if q2 > 0 && n - 1 < open {
              go(n, q1, q2 - 1, rate)
            } else {
              go(n - 1, q1, q2, rate)
            }
          }
          if q1 > 0 { go(n, q1 - 1, q2, Double(q1) * patience) }
          if q2 > 0 { go(n, q1, q2 - 1, Double(q2) * patience) }
          moves.append((here, here, 1 - out))
        }
      }
    }
    var shares = [Double](repeating: 0, count: (beds + 1) * rows * columns)
    shares[0] = 1
    for _ in 0..<100_000 {
      var next = [Double](repeating: 0, count: shares.count)
      for move in moves { next[move.to] += shares[move.from] * move.probability }
      let change = zip(shares, next).reduce(0) { $0 + abs($1.0 - $1.1) }
      shares = next
      if change < 1e-11 { break }
    }
    var result = (full: 0.0, closed: 0.0, waiting: 0.0)
    for n in 0...beds {
      for q1 in 0...first {
        for q2 in 0...second {
          let share = shares[state(n, q1, q2)]
          if n == beds { result.full += share }
          if n >= open { result.closed += share }
          result.waiting += share * Double(q1 + q2)
        }
      }
    }
    return result
  }
}
