// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Foundation
import Randomness
import SimulationKernel
import Testing

@Suite("The interpreter agrees with a plain one, event for event")
struct ReferenceTests {
  private static let isLong = ProcessInfo.processInfo.environment["YILIAN_LONG"] == "1"
  private static let horizon = 400

  /// What a trial of one network comes to.
  private struct Trial {
    var difference: String?
    var counts: [LogLine.What: Int] = [:]
    /// The first deadlock seen, and at which minute.
    var deadlock: (Deadlock, minute: Int)?
    /// Whether nothing is to come, somebody keeps something, and no deadlock was found.
    var isMissed = false
  }

  /// Both run in slices, at whose ends the resources are compared, and the interpreter under test
  /// goes on as a copy of itself; then every line of their logs is.
  private func compare(_ network: PlainNetwork, seed: UInt64) throws(PathwayFaults) -> Trial {
    let program = try network.program()
    let root = RandomRoot(seed: seed, replication: 3)
    var run = LoggedRun(program, network.arrivals, root: root)
    let plain = PlainInterpreter(network, root: root)
    var trial = Trial()
    for end in [3, 10, 17, 25, 32, 45, 60, 90, Self.horizon] {
      run.run(until: end)
      plain.run(until: end)
      let found = run.simulation.model.domain.log
      if found != plain.log {
        trial.difference = Self.firstDifference(found, plain.log)
        return trial
      }
      if let fault = run.simulation.model.flow.fault {
        trial.difference = "\(fault)"
        return trial
      }
      if run.simulation.model.flow.entities.count != plain.presentCount {
        trial.difference = "before minute \(end): who is present"
      }
      for place in network.resources.indices {
        let index = ResourceIndex(rawValue: UInt32(place))
        let resources =
          [
            run.simulation.model.flow.resources.held(index),
            run.simulation.model.flow.resources.waiting(index),
            run.simulation.model.flow.resources.capacity(index),
          ]
        let expected = [
          plain.lines.held(place), plain.lines.waiting(place), plain.lines.capacities[place],
        ]
        if resources != expected {
          trial.difference = "before minute \(end): resource \(place)"
        }
      }
      if trial.difference != nil { return trial }
      run = run.copy()
      if trial.deadlock == nil, let deadlock = run.deadlock { trial.deadlock = (deadlock, end) }
    }
    check(run, &trial)
    for line in plain.log { trial.counts[line.what, default: 0] += 1 }
    return trial
  }

  /// Nothing happens any more to those in a deadlock; and where nothing is to come any more, seldom
  /// anybody keeps anything without one.
  private func check(_ run: borrowing LoggedRun, _ trial: inout Trial) {
    if let (deadlock, minute) = trial.deadlock {
      for line in run.simulation.model.domain.log
      where line.time >= Int64(minute) * PlainInterpreter.minute
        && deadlock.members.contains(where: {
          ($0.owner, $0.episode) == (line.owner, line.episode)
        })
      {
        trial.difference = "a deadlock before minute \(minute), and then \(line)"
        return
      }
    } else if run.isIdle, run.holdsSomething {
      trial.isMissed = true
    }
  }

  private static func firstDifference(_ one: [LogLine], _ other: [LogLine]) -> String {
    let place =
      zip(one, other).enumerated().first { $1.0 != $1.1 }?.offset
      ?? min(one.count, other.count)
    func text(_ lines: [LogLine]) -> String {
      lines[max(0, place - 4)..<min(lines.count, place + 2)].map { line in
        "    \(Double(line.time) / 6e7) \(line.owner % 10_000)/\(line.episode) \(line.what) "
          + "\(line.number) \(Double(line.value) / 6e7)"
      }.joined(separator: "\n")
    }
    return "line \(place):\n\(text(one))\n  but plainly\n\(text(other))"
  }

  /// Every difference is an error of one of the two. The quick run tries 400 networks, the long one
  /// 40,000; each kind of happening must occur in them.
  @Test("on random small networks of every kind of step")
  func randomNetworks() throws {
    var counts: [LogLine.What: Int] = [:]
    var tried = 0
    var differing = 0
    var deadlocks = 0
    var missed = 0
    let wanted = Self.isLong ? 40_000 : 400
    // Where one waited for an opening in the instant in which it came.
    #expect(try compare(RandomNetwork.draw(37_291), seed: 37_291).difference == nil)
    var seed: UInt64 = 0
    while tried < wanted, differing < 3 {
      seed += 1
      let network = RandomNetwork.draw(seed)
      do throws(PathwayFaults) {
        let trial = try compare(network, seed: seed)
        tried += 1
        if let difference = trial.difference {
          differing += 1
          Issue.record("network \(seed), \(difference)")
        }
        deadlocks += trial.deadlock == nil ? 0 : 1
        missed += trial.isMissed ? 1 : 0
        counts.merge(trial.counts, uniquingKeysWith: +)
      } catch {
        #expect(seed < 50 * UInt64(wanted), "too many networks are no networks: \(error)")
        if seed >= 50 * UInt64(wanted) { return }
      }
    }
    #expect(deadlocks > tried / 100 && deadlocks < tried / 2, "\(deadlocks)")
    // Those of circles through the order of a line.
    #expect(missed * 50 < tried, "\(missed)")
    for what in LogLine.What.allCases {
      #expect(counts[what, default: 0] > tried / 8, "\(what.rawValue)")
    }
  }
}
