// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import ModelFiles
import Testing

/// The values in Models/studies that come from small chains and integrals, computed again here from
/// the balance and forward equations, by iteration and by small steps.
@Suite("chains behind the published studies")
struct StudyChainTests {
  /// - Parameter within: Of the value itself: the values have nine digits, and some methods fewer.
  private func expect(
    _ study: String, _ theory: [String: Double], within relative: Double = 1e-7
  ) throws {
    let rows = try Study(path: StudyTests.studies + study).published.rows
    for (name, value) in theory {
      let row = try #require(rows.first { $0.name == name }, "\(name)")
      #expect(abs(row.value - value) < relative * abs(value), "\(name): \(value)")
    }
  }

  /// The stationary distribution of a chain, by steps of the uniformised one.
  ///
  /// - Parameter moves: Where the chain goes from a state, and at what rate; the sum below `rate`.
  private func stationary<State: Hashable>(
    from start: State, rate: Double, _ moves: (State) -> [(State, Double)]
  ) -> [(State, Double)] {
    var states = [start]
    var indices = [start: 0]
    var rows: [(from: Int, to: Int, share: Double)] = []
    var next = 0
    while next < states.count {
      for (state, speed) in moves(states[next]) where speed > 0 {
        if indices[state] == nil {
          indices[state] = states.count
          states.append(state)
        }
        rows.append((next, indices[state]!, speed / rate))
      }
      next += 1
    }
    var shares = [Double](repeating: 1 / Double(states.count), count: states.count)
    for _ in 0..<20_000 {
      var after = shares
      for row in rows {
        let moved = shares[row.from] * row.share
        after[row.from] -= moved
        after[row.to] += moved
      }
      shares = after
    }
    return Array(zip(states, shares))
  }

  @Test("boarding")
  func boarding() throws {
    struct State: Hashable { var treated = 0, boarding = 0, ward = 0 }
    let chain = stationary(from: State(), rate: 4) { state in
      var moves: [(State, Double)] = []
      func go(_ treated: Int, _ boarding: Int, _ ward: Int, _ rate: Double) {
        moves.append(
          (
            State(
              treated: state.treated + treated, boarding: state.boarding + boarding,
              ward: state.ward + ward), rate
          ))
      }
      if state.treated + state.boarding < 5 { go(1, 0, 0, 1) }
      let treated = Double(state.treated) / 4
      go(-1, 0, 0, 0.7 * treated)
      if state.ward < 4 { go(-1, 0, 1, 0.3 * treated) } else { go(-1, 1, 0, 0.3 * treated) }
      let discharged = Double(state.ward) / 12
      if state.boarding > 0 { go(0, -1, 0, discharged) } else { go(0, 0, -1, discharged) }
      return moves
    }
    func mean(_ value: (State) -> Double) -> Double {
      chain.reduce(0) { $0 + value($1.0) * $1.1 }
    }
    let boarders = mean { Double($0.boarding) }
    let diverted = mean { $0.treated + $0.boarding == 5 ? 1 : 0 }
    try expect(
      "emergency-boarding",
      [
        "diverted": diverted, "bays": mean { Double($0.treated + $0.boarding) },
        "ward": mean { Double($0.ward) }, "boarders": boarders, "throughput": 1 - diverted,
        "boarding-time": boarders / mean { 0.3 * Double($0.treated) / 4 },
      ])
  }

  @Test("overflow")
  func overflow() throws {
    struct State: Hashable { var medical = 0, surgical = 0 }
    let chain = stationary(from: State(), rate: 8) { state in
      let medical = State(medical: state.medical + 1, surgical: state.surgical)
      let surgical = State(medical: state.medical, surgical: state.surgical + 1)
      return [
        (medical, state.medical < 4 ? 2 : 0),
        (surgical, state.surgical < 4 ? (state.medical < 4 ? 1 : 3) : 0),
        (
          State(medical: state.medical - 1, surgical: state.surgical), Double(state.medical) / 2
        ),
        (
          State(medical: state.medical, surgical: state.surgical - 1), Double(state.surgical) / 2
        ),
      ]
    }
    func mean(_ value: (State) -> Double) -> Double {
      chain.reduce(0) { $0 + value($1.0) * $1.1 }
    }
    try expect(
      "overflow-ward",
      [
        "overflowing": mean { $0.medical == 4 ? 1 : 0 },
        "medical-lost": mean { $0.medical == 4 && $0.surgical == 4 ? 1 : 0 },
        "surgical-lost": mean { $0.surgical == 4 ? 1 : 0 },
        "medical-beds": mean { Double($0.medical) },
        "surgical-beds": mean { Double($0.surgical) },
      ])
  }

  @Test("a finite panel")
  func panel() throws {
    let chain = stationary(from: 0, rate: 3) { (present: Int) -> [(Int, Double)] in
      [(present + 1, Double(10 - present) / 12), (present - 1, present > 0 ? 1 : 0)]
    }
    let busy: Double = chain.reduce(0) { $0 + ($1.0 > 0 ? $1.1 : 0) }
    let queue: Double = chain.reduce(0) { $0 + Double(max(0, $1.0 - 1)) * $1.1 }
    try expect(
      "clinic-panel",
      ["clinic": busy, "wait": queue / busy, "queue": queue, "home": 12 * busy])
  }

  @Test("beds by hour: the integral of arrivals still present, in steps of a minute")
  func beds() throws {
    let perHour = (0..<24).map { $0 < 8 ? 1.0 : $0 < 12 ? 6 : $0 < 20 ? 4 : 2 }
    var theory: [String: Double] = [:]
    for hour in [2, 7, 10, 13, 17, 21] {
      var total = 0.0
      for minute in 0..<60 {
        let now = Double(hour) + (Double(minute) + 0.5) / 60
        for step in 0..<(7 * 24 * 60) {
          // The rate changes halfway between two of these instants.
          let age = Double(step) / 60
          let clock = (now - age).truncatingRemainder(dividingBy: 24)
          let rate = perHour[Int(clock < 0 ? clock + 24 : clock) % 24]
          total += (step == 0 ? 0.5 : 1) * rate * exp(-age / 6) * (1 + age / 6) / 60
        }
      }
      theory["beds-\(hour < 10 ? "0" : "")\(hour)h"] = total / 60
    }
    try expect("ward-by-hour", theory, within: 2e-5)
  }

  @Test("office hours: the forward equations in steps of two seconds, day after day")
  func officeHours() throws {
    // Present and not at work, present and one at work; λ = 1.2 and μ = 6 an hour.
    let most = 90
    var idle = [Double](repeating: 0, count: most + 2)
    var busy = idle
    idle[0] = 1
    let step = 1.0 / 1800
    var queue = 0.0
    var atWork = 0.0
    var overtime = 0.0
    for _ in 0..<20 {
      (queue, atWork, overtime) = (0, 0, 0)
      for tick in 0..<(24 * 1800) {
        let isOpen = tick < 8 * 1800
        if tick == 0 {
          for present in 1...most {
            busy[present] += idle[present]
            idle[present] = 0
          }
        }
        var (idleChange, busyChange) = (idle, busy)
        var waiting = 0.0
        var working = 0.0
        for present in 0..<most {
          let come = 1.2 * step * idle[present]
          idleChange[present] -= come
          if isOpen { busyChange[present + 1] += come } else { idleChange[present + 1] += come }
          let more = 1.2 * step * busy[present]
          busyChange[present] -= more
          busyChange[present + 1] += more
          guard present > 0 else { continue }
          let done = 6 * step * busy[present]
          busyChange[present] -= done
          if isOpen && present > 1 {
            busyChange[present - 1] += done
          } else {
            idleChange[present - 1] += done
          }
          waiting += Double(present) * idle[present] + Double(present - 1) * busy[present]
          working += busy[present]
        }
        (idle, busy) = (idleChange, busyChange)
        queue += waiting * step / 24
        if isOpen { atWork += working * step / 8 } else { overtime += working * step }
      }
    }
    // Steps of Euler's method: errors of the order of a step times a rate.
    try expect(
      "office-hours",
      ["queue": queue, "wait": queue / 1.2, "utilisation": atWork, "overtime": 700 * overtime],
      within: 0.005)
  }
}
