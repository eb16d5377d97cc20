// SPDX-License-Identifier: GPL-3.0-or-later

import OutputAnalysis

/// Stored replications run again and compared bit for bit.
public struct Reproduction: Sendable {
  /// Replications compared.
  public var compared = 0
  /// Replications of which anything differs.
  public var different = 0
  /// What differs, one line each; at most ``mostLines`` of them.
  public var differences: [String] = []
  public var outcome: ExperimentRun.Outcome = .complete

  public static let mostLines = 20

  public var isIdentical: Bool { different == 0 }

  /// Runs what a file holds again.
  ///
  /// - Parameters:
  ///   - design: The design that the file's texts give.
  ///   - replication: The one to be run again; `nil` for all.
  /// - Throws: ``RunnerFault`` when the file does not hold the replication.
  public init(
    of results: ResultsFile, with design: ExperimentDesign, replication: Int? = nil,
    threads: Int, stop: StopFlag = StopFlag(), progress: (RunProgress) -> Void = { _ in }
  ) throws {
    let pairs = try results.storedReplications().sorted().filter {
      replication == nil || $0.replication == replication
    }
    guard !pairs.isEmpty else {
      throw RunnerFault.invalid(
        replication.map { "\(results.path): holds no replication \($0)" }
          ?? "\(results.path): holds no replication yet")
    }
    outcome = try ExperimentRun(design, threads: threads).run(
      pairs, alreadyDone: 0, stop: stop, progress: progress,
      store: { for finished in $0 { compare(finished, try results.replication(finished.key)) } })
  }

  private mutating func compare(_ finished: FinishedReplication, _ stored: StoredReplication) {
    compared += 1
    var lines: [String] = []
    if finished.result.events != stored.events {
      lines.append("events: the file has \(stored.events), this run has \(finished.result.events)")
    }
    if finished.result.checksum != stored.checksum {
      lines.append(
        "checksum: the file has \(hexadecimal(stored.checksum)), this run has "
          + hexadecimal(finished.result.checksum))
    }
    var mine = Self.bits(finished.result.observations)
    for (name, bits) in Self.bits(stored.observations).sorted(by: { $0.key < $1.key }) {
      let own = mine.removeValue(forKey: name)
      guard own != bits else { continue }
      lines.append(
        "\(name): the file has \(Self.shown(bits)), this run has "
          + (own.map(Self.shown) ?? "no such row"))
    }
    for name in mine.keys.sorted() { lines.append("\(name): the file has no such row") }
    guard !lines.isEmpty else { return }
    different += 1
    let place = "point \(stored.key.point), replication \(stored.key.replication)"
    differences += lines.prefix(Self.mostLines - differences.count).map { "\(place): \($0)" }
  }

  /// The bit pattern of each value by the name of its row; `nil` where it is undefined.
  private static func bits(_ observations: [Observation]) -> [String: UInt64?] {
    var result: [String: UInt64?] = [:]
    for row in observations {
      let name = row.measure + (row.dimension.isEmpty ? "" : " by \(row.dimension): \(row.member)")
      result[name] = .some(row.value.flatMap { $0.isNaN ? nil : ($0 + 0).bitPattern })
    }
    return result
  }

  private static func shown(_ bits: UInt64?) -> String {
    bits.map { "\(Double(bitPattern: $0))" } ?? "no value"
  }
}
