// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Steps that hang on attributes and on the state of the run, against closed forms.
@Suite struct StateDependentTests {
  @Test("balking at a line of three is M/M/1/4: at load 1 a fifth goes away")
  func finiteLine() throws {
    let network = try SimulatedNetwork(
      "balking at a limit",
      """
      arrivals: {door: {pathway: visit, poisson: {rate: 1 /min}}}
      resources: {server: {capacity: 1}}
      pathways:
        visit:
          - seize: {resource: server, balk: {if: server.queue >= 3, to: away}}
          - delay: {exponential: 1 min}
          - release: server
          - leave: served
          - {name: away, leave: away, outcome: lost}
      """, length: "40000 min", warmUp: "500 min", replications: 40, seed: 71)
    network.expect("throughput", network.means("throughput"), equals: 0.8)
    network.expect("share away", network.share("lost"), equals: 0.2, tolerance: 0.03)
    network.expect("queue", network.means("queue-length"), equals: 1.2, tolerance: 0.03)
  }

  @Test("discouraged arrivals, joining with the probability 1/(n + 1), make n Poisson")
  func discouraged() throws {
    let network = try SimulatedNetwork(
      "discouraged arrivals",
      """
      arrivals: {door: {pathway: visit, poisson: {rate: 1.5 /min}}}
      resources: {server: {capacity: 1}}
      pathways:
        visit:
          - seize:
              resource: server
              balk: {share: 1 - 1 / (server.held + server.queue + 1), to: away}
          - delay: {exponential: 1 min}
          - release: server
          - leave: served
          - {name: away, leave: away, outcome: lost}
      """, length: "40000 min", warmUp: "500 min", replications: 40, seed: 72)
    network.expect("utilisation", network.means("utilisation"), equals: 1 - exp(-1.5))
    network.expect(
      "queue", network.means("queue-length"), equals: 1.5 - 1 + exp(-1.5), tolerance: 0.03)
  }

  @Test("service that grows with an attribute is M/G/1 by Pollaczek and Khinchine")
  func attributes() throws {
    let network = try SimulatedNetwork(
      "service by an attribute",
      """
      attributes: {size: {exponential: 0.5}}
      arrivals: {door: {pathway: visit, poisson: {rate: 1 /min}}}
      resources: {server: {capacity: 1}}
      pathways:
        visit:
          - seize: server
          - delay: 0.4 min + 0.6 min * size
          - release: server
          - leave: served
      """, length: "60000 min", warmUp: "1000 min", replications: 40, seed: 73)
    network.expect("utilisation", network.means("utilisation"), equals: 0.7)
    network.expect("wait", network.means("wait"), equals: 0.58 / 0.6, tolerance: 0.05)
  }

  @Test("service whose mean hangs on the class is M/H2/1 by Pollaczek and Khinchine")
  func meanByClass() throws {
    let network = try SimulatedNetwork(
      "mean by class",
      """
      classes: {long: {}, short: {}}
      arrivals:
        door: {pathway: visit, classes: {long: 30 %, short: 70 %}, poisson: {rate: 0.6 /min}}
      resources: {server: {capacity: 1}}
      durations: {work: {exponential: {mean: "if(class == long, 2 min, 30 s)"}}}
      pathways:
        visit: [seize: server, delay: work, release: server, leave: served]
      """, length: "90000 min", warmUp: "500 min", replications: 40, seed: 76)
    network.expect("utilisation", network.means("utilisation"), equals: 0.57)
    network.expect("wait", network.means("wait"), equals: 0.6 * 2.75 / 0.86, tolerance: 0.05)
  }

  @Test("stays that hang on the destination, the severity and the hour fill so many beds")
  func computedStays() throws {
    let network = try SimulatedNetwork(
      "computed stays",
      """
      attributes:
        severity: {uniform: {low: 0, high: 3}}
        goes-home: 0
        own-stay: {gamma: {mean: 2 h * (1 + severity), sd: 1 h}}
      arrivals:
        severe: {pathway: by-severity, poisson: {rate: 4 /h}}
        placed: {pathway: by-destination, poisson: {rate: 4 /h}}
        nightly: {pathway: by-hour, poisson: {rate: 6 /h}}
        drawn: {pathway: by-attribute, poisson: {rate: 2 /h}}
      resources:
        one: {capacity: unlimited}
        two: {capacity: unlimited}
        three: {capacity: unlimited}
        four: {capacity: unlimited}
      pathways:
        by-severity:
          - seize: one
          - delay: {lognormal: {mean: 30 min * (1 + severity), standard-deviation: 10 min}}
          - release: one
          - leave: home
        by-destination:
          - branch: {home: 40 %, otherwise: next}
          - {next: stay, assign: {goes-home: 0}}
          - {name: home, assign: {goes-home: 1}}
          - {name: stay, seize: two}
          - delay: {erlang: {stages: 2, mean: "if(goes-home, 1 h, 4 h)"}}
          - release: two
          - leave: home
        by-hour:
          - seize: three
          - delay: {weibull: {shape: 1, scale: "if(hour < 8, 2 h, 1 h)"}}
          - release: three
          - leave: home
        by-attribute: [seize: four, delay: own-stay, release: four, leave: home]
      """, length: "400 d", warmUp: "3 d", replications: 20, seed: 77)
    func expect(_ bed: String, _ beds: Double) {
      network.expect(
        bed, network.means("occupancy", "resource", bed), equals: beds, tolerance: 0.02)
    }
    expect("one", 5)  // 4 /h of 30 min · 2.5
    expect("two", 4 * (0.4 * 1 + 0.6 * 4))
    expect("three", 6 * (2 + 2 * 1) / 3)
    expect("four", 2 * 2 * 2.5)
  }

  @Test("a fork of two is joined by the longer one; a repetition is a cut-off geometric number")
  func forkAndRepeat() throws {
    let network = try SimulatedNetwork(
      "fork and repeat",
      """
      classes: {whole: {}, part: {}, round: {}}
      arrivals:
        fork: {pathway: fork, class: whole, poisson: {rate: 2 /min}}
        round: {pathway: round, class: round, poisson: {rate: 2 /min}}
      pathways:
        fork:
          - spawn: {pathway: part, count: 2, join: yes}
          - join: all
          - leave: joined
        part:
          - assign: {class: part}
          - delay: {exponential: 1 min}
          - leave: done
        round:
          - {name: again, delay: {exponential: 1 min}}
          - repeat: {from: again, at-most: 2, share: 50 %}
          - leave: done
      resources: {none: {capacity: 1}}
      """, length: "20000 min", warmUp: "50 min", replications: 20, seed: 74)
    network.expect("fork", network.means("time-in-system", "class", "whole"), equals: 1.5)
    network.expect("part", network.means("time-in-system", "class", "part"), equals: 1)
    network.expect("round", network.means("time-in-system", "class", "round"), equals: 1.75)
  }

  @Test("who comes back after two weeks takes beds twice")
  func returns() throws {
    let network = try SimulatedNetwork(
      "returns",
      """
      arrivals: {door: {pathway: visit, poisson: {rate: 2 /h}}}
      resources: {bed: {capacity: unlimited}}
      pathways:
        visit:
          - seize: bed
          - delay: {exponential: 10 h}
          - release: bed
          - return: {pathway: again, after: {uniform: {low: 10 d, high: 18 d}}}
          - leave: home
        again:
          - seize: bed
          - delay: {exponential: 5 h}
          - release: bed
          - leave: home
      """, length: "1000 d", warmUp: "30 d", replications: 20, seed: 75)
    network.expect("beds", network.means("occupancy"), equals: 30)
    network.expect("departures", network.means("throughput"), equals: 4.0 / 60)
  }
}
