// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

extension NetworkRun {
  /// A digest of the state reached: clock, entities, resources, sources and all that was counted.
  public var checksum: UInt64 {
    var digest = StateDigest()
    digest.add(now.microseconds)
    digest.add(eventCount)
    simulation.model.flow.add(to: &digest, at: now)
    simulation.model.domain.add(to: &digest)
    return digest.value
  }
}

extension NetworkDomain {
  func add(to digest: inout StateDigest) {
    for place in 0..<sources.count {
      digest.add(sources[place].position.count)
      digest.add(sources[place].position.periodStart)
      digest.add(sources[place].position.level)
    }
    for place in 0..<lines.count {
      let counts = lines[place]
      digest.add(counts.waits.count)
      digest.add(counts.waits.total)
      for count in [counts.blocked, counts.reneged, counts.refused, counts.lost] {
        digest.add(count)
      }
    }
  }
}
