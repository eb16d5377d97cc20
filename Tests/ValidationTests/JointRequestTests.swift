// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Requests for several resources, or one of several, and steps that wait for a condition, for an
/// hour or for others, against closed forms.
@Suite struct JointRequestTests {
  /// Probabilities of a chain on 0, 1, … that goes up and down by one.
  private func birthDeath(_ states: Int, up: (Int) -> Double, down: (Int) -> Double) -> [Double] {
    var weights = [1.0]
    for state in 1..<states { weights.append(weights[state - 1] * up(state - 1) / down(state)) }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }

  /// The numbers present have a product form, whatever the distribution of service: F. P. Kelly,
  /// *Loss networks*, Annals of Applied Probability 1 (1991) 319–378.
  @Test("who needs one of two things or both, and finds none free, is lost as in a loss network")
  func lossNetwork() throws {
    let network = try SimulatedNetwork(
      "loss network",
      """
      classes: {east: {}, west: {}, both: {}}
      arrivals:
        east: {pathway: east, class: east, poisson: {rate: 1 /min}}
        west: {pathway: west, class: west, poisson: {rate: 0.8 /min}}
        both: {pathway: both, class: both, poisson: {rate: 0.6 /min}}
      resources: {one: {capacity: 3, waiting-room: 0}, other: {capacity: 2, waiting-room: 0}}
      pathways:
        east:
          - seize: {resource: one, if-full: away}
          - delay: 1 min
          - release: one
          - leave: served
          - {name: away, leave: away, outcome: lost}
        west:
          - seize: {resource: other, if-full: away}
          - delay: {uniform: {low: 0 min, high: 2 min}}
          - release: other
          - leave: served
          - {name: away, leave: away, outcome: lost}
        both:
          - seize: {all: {one: 1, other: 1}, if-full: away}
          - delay: {exponential: 1 min}
          - release: one
          - release: other
          - leave: served
          - {name: away, leave: away, outcome: lost}
      """, length: "20000 min", warmUp: "100 min", replications: 40, seed: 81)
    var total = 0.0
    var one = 0.0
    var other = 0.0
    for east in 0...3 {
      for west in 0...2 {
        for both in 0...2 where east + both <= 3 && west + both <= 2 {
          let weight =
            pow(0.8, Double(west)) * pow(0.6, Double(both)) / tgamma(Double(east + 1))
            / tgamma(Double(west + 1)) / tgamma(Double(both + 1))
          total += weight
          one += weight * Double(east + both)
          other += weight * Double(west + both)
        }
      }
    }
    network.expect("one", network.means("occupancy", "resource", "one"), equals: one / total)
    network.expect("other", network.means("occupancy", "resource", "other"), equals: other / total)
  }

  /// Exponential service of one mean makes of both resources one of three units; the first is as it
  /// would be alone. Offered load 2: Erlang's losses are 2/5 of two units and 4/19 of three.
  @Test("what the first of two resources cannot serve overflows to the second")
  func overflow() throws {
    let network = try SimulatedNetwork(
      "overflow",
      """
      arrivals: {door: {pathway: visit, poisson: {rate: 2 /min}}}
      resources: {first: {capacity: 2, waiting-room: 0}, second: {capacity: 1, waiting-room: 0}}
      pathways:
        visit:
          - seize: {any: [first, second], as: either, if-full: away}
          - delay: {exponential: 1 min}
          - release: either
          - leave: served
          - {name: away, leave: away, outcome: lost}
      """, length: "20000 min", warmUp: "100 min", replications: 40, seed: 82)
    network.expect(
      "first", network.means("occupancy", "resource", "first"), equals: 2 * (1 - 2.0 / 5))
    network.expect(
      "second", network.means("occupancy", "resource", "second"), equals: 2 * (2.0 / 5 - 4.0 / 19))
    network.expect("throughput", network.means("throughput"), equals: 2 * (1 - 4.0 / 19))
  }

  @Test("beds kept free for urgent patients: a chain that goes up more slowly near the top")
  func ringFence() throws {
    let network = try SimulatedNetwork(
      "kept beds",
      """
      classes: {urgent: {}, planned: {}}
      arrivals:
        urgent: {pathway: urgent, class: urgent, poisson: {rate: 1 /min}}
        planned: {pathway: planned, class: planned, poisson: {rate: 1.5 /min}}
      resources: {bed: {capacity: 3, waiting-room: 0}}
      pathways:
        urgent:
          - seize: {resource: bed, if-full: away}
          - delay: {exponential: 1 min}
          - release: bed
          - leave: served
          - {name: away, leave: away, outcome: lost}
        planned:
          - seize: {resource: bed, keep-free: 1, if-full: away}
          - delay: {exponential: 1 min}
          - release: bed
          - leave: served
          - {name: away, leave: away, outcome: lost}
      """, length: "20000 min", warmUp: "100 min", replications: 40, seed: 83)
    let chain = birthDeath(4, up: { $0 < 2 ? 2.5 : 1 }, down: { Double($0) })
    network.expect(
      "urgent", network.means("throughput", "class", "urgent"), equals: 1 - chain[3])
    network.expect(
      "planned", network.means("throughput", "class", "planned"),
      equals: 1.5 * (chain[0] + chain[1]))
  }

  @Test("waiting until a server is free, in order, is M/M/1; with patience it is M/M/1+M")
  func condition() throws {
    let pathway = """
      resources: {server: {capacity: 1}}
      pathways:
        visit:
          - wait: {until: server.free > 0RENEGE}
          - seize: server
          - delay: {exponential: 1 min}
          - release: server
          - leave: served
      """
    let queue = try SimulatedNetwork(
      "wait until",
      "arrivals: {door: {pathway: visit, poisson: {rate: 0.6 /min}}}\n"
        + pathway.replacingOccurrences(of: "RENEGE", with: ""),
      length: "40000 min", warmUp: "500 min", replications: 40, seed: 84)
    queue.expect("time", queue.means("time-in-system"), equals: 1 / 0.4, tolerance: 0.035)
    let patient = try SimulatedNetwork(
      "wait until, with patience",
      "arrivals: {door: {pathway: visit, poisson: {rate: 1.2 /min}}}\n"
        + pathway.replacingOccurrences(
          of: "RENEGE", with: ", renege: {after: {exponential: 2 min}, to: gone}")
        + "\n    - {name: gone, leave: gone, outcome: reneged}",
      length: "20000 min", warmUp: "100 min", replications: 40, seed: 85)
    let chain = birthDeath(60, up: { _ in 1.2 }, down: { 1 + 0.5 * Double($0 - 1) })
    let present = chain.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
    patient.expect("throughput", patient.means("throughput"), equals: 1 - chain[0])
    patient.expect("time", patient.means("time-in-system"), equals: present / 1.2)
  }

  @Test("who comes at any time waits half a day for eight o'clock, and half a week for a Monday")
  func clock() throws {
    let network = try SimulatedNetwork(
      "hours",
      """
      classes: {daily: {}, weekly: {}}
      resources: {}
      arrivals:
        daily: {pathway: daily, class: daily, poisson: {rate: 1 /h}}
        weekly: {pathway: weekly, class: weekly, poisson: {rate: 1 /h}}
      pathways:
        daily:
          - wait: {until: "08:00"}
          - leave: seen
        weekly:
          - wait: {until: "08:00", days: Mon}
          - leave: seen
      """, length: "60 week", warmUp: "480 min", replications: 40, seed: 86)
    network.expect(
      "a day", network.means("time-in-system", "class", "daily"), equals: 720)
    network.expect(
      "a week", network.means("time-in-system", "class", "weekly"), equals: 5040)
  }

  /// R. Nelson, A. N. Tantawi, *Approximate analysis of fork/join synchronization in parallel queues*,
  /// IEEE Transactions on Computers 37 (1988) 739–743: exact for two queues.
  @Test("two tests in queues of their own are joined after (12 − ρ)/8 of one's time")
  func forkAndJoin() throws {
    let network = try SimulatedNetwork(
      "fork and join",
      """
      classes: {whole: {}, part: {}}
      arrivals: {door: {pathway: visit, class: whole, poisson: {rate: 0.5 /min}}}
      resources: {blood: {capacity: 1}, scan: {capacity: 1}}
      pathways:
        visit:
          - spawn: {pathway: blood, join: yes}
          - spawn: {pathway: scan, join: yes}
          - join: all
          - leave: seen
        blood:
          - assign: {class: part}
          - seize: blood
          - delay: {exponential: 1 min}
          - release: blood
          - leave: done
        scan:
          - assign: {class: part}
          - seize: scan
          - delay: {exponential: 1 min}
          - release: scan
          - leave: done
      """, length: "40000 min", warmUp: "500 min", replications: 40, seed: 87)
    network.expect(
      "time", network.means("time-in-system", "class", "whole"), equals: 11.5 / 8 / 0.5,
      tolerance: 0.03)
  }

  @Test("who is referred goes through two stations of Jackson's, one after the other")
  func referral() throws {
    let network = try SimulatedNetwork(
      "referral",
      """
      arrivals: {door: {pathway: local, poisson: {rate: 0.5 /min}}}
      resources: {clinic: {capacity: 1}, hospital: {capacity: 1}}
      pathways:
        local:
          - seize: clinic
          - delay: {exponential: 1 min}
          - release: clinic
          - branch: {away: 40 %, otherwise: home}
          - {name: home, leave: home}
          - {name: away, refer: county}
        county:
          - seize: hospital
          - delay: {exponential: 3 min}
          - release: hospital
          - leave: home
      """, length: "40000 min", warmUp: "500 min", replications: 40, seed: 88)
    network.expect(
      "time", network.means("time-in-system"), equals: 2 + 0.4 / (1.0 / 3 - 0.2), tolerance: 0.05)
  }
}
