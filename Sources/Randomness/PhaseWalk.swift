// SPDX-License-Identifier: GPL-3.0-or-later

/// Phases compiled for drawing: one record for the beginning and one for each phase, of equal length.
///
/// A record holds the mean stay (0 at the beginning), the place that certainly follows, or −1, and
/// for each phase the probability that this one or one before it follows. The place after the last
/// phase is: out.
struct PhaseWalk: Sendable {
  private let count: Int
  private var records: [Double] = []

  init(_ phases: Phases) {
    count = phases.count
    add(meanStay: 0, phases.initial, exit: 0)
    for phase in 0..<count {
      let leaving = phases.leaving(phase)
      add(
        meanStay: 1 / leaving, phases.rates[phase].map { $0 / leaving },
        exit: phases.exits[phase] / leaving)
    }
  }

  private mutating func add(meanStay: Double, _ shares: [Double], exit: Double) {
    let possible = shares.indices.filter { shares[$0] > 0 }
    let certain: Int? =
      possible.isEmpty ? count : possible.count == 1 && exit == 0 ? possible[0] : nil
    records.append(meanStay)
    records.append(Double(certain ?? -1))
    var sum = 0.0
    for (place, share) in shares.enumerated() {
      sum += share
      // Whatever rounding left belongs to the last that can follow.
      records.append(exit == 0 && place >= (possible.last ?? 0) ? 1 : sum)
    }
  }

  /// Draws the time: an exponential for each phase passed through, and a uniform number wherever
  /// more than one place can follow.
  func sample(_ stream: inout RandomStream) -> Double {
    var time = 0.0
    var record = 0
    while true {
      let start = record * (count + 2)
      if record > 0 { time += records[start] * stream.exponential() }
      var place = Int(records[start + 1])
      if place < 0 {
        let u = stream.uniform()
        place = 0
        while place < count && u >= records[start + 2 + place] { place += 1 }
      }
      if place == count { return time }
      record = place + 1
    }
  }
}
