// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner

/// How far the shards of a design are on a cluster.
public struct ClusterTable {
  private let folder: ClusterFolder
  private let status: ClusterStatus
  /// Shards listed one by one; of more than these, the number is told.
  private static let mostLines = 20

  public init(_ folder: ClusterFolder, _ status: ClusterStatus) {
    self.folder = folder
    self.status = status
  }

  /// Of a JSON object.
  public var members: [(String, JSONValue)] {
    let shards = status.shards.map { shard in
      JSONValue.object([
        ("shard", .integer(shard.number)), ("state", .text(shard.state.rawValue)),
        ("stored", .integer(shard.stored)), ("total", .integer(shard.total)),
        ("note", .text(shard.note)),
      ])
    }
    return [
      ("results", .text(folder.output)), ("folder", .text(folder.path)),
      ("merged", .flag(status.isMerged)), ("merging", .flag(status.isMerging)),
      ("stored", .integer(status.stored)), ("total", .integer(status.total)),
      ("shards", .list(shards)),
    ]
  }

  /// One line for all.
  public func line(_ language: Language) -> String {
    let states = ClusterStatus.State.allCases.compactMap { state in
      let count = status.count(state)
      return count > 0 || state == .done ? Self.words(state, count).text(language) : nil
    }
    let head = Phrase("\(folder.output): ", "\(folder.output)：").text(language)
    let merge =
      status.isMerged ? Phrase("; merged", "；已合并") : Phrase("; not merged yet", "；尚未合并")
    let stored = Phrase(
      "; \(status.stored) of \(status.total) replications",
      "；已存 \(status.stored)/\(status.total) 次重复")
    return head + states.joined(separator: Phrase(", ", "，").text(language))
      + stored.text(language) + merge.text(language)
  }

  /// The same, and a line for each shard that is on its way or failed.
  public func text(_ language: Language) -> String {
    let shown = status.shards.filter { [.running, .waiting, .failed].contains($0.state) }
    var lines = [line(language)]
    for shard in shown.prefix(Self.mostLines) {
      let note = shard.note.isEmpty ? "" : ": \(shard.note)"
      lines.append(
        Phrase("  shard \(shard.number)", "  分片 \(shard.number)").text(language) + "  "
          + Self.word(shard.state).text(language) + "  \(shard.stored)/\(shard.total)\(note)")
    }
    if shown.count > Self.mostLines {
      let rest = shown.count - Self.mostLines
      lines.append(Phrase("  and \(rest) more", "  另有 \(rest) 个").text(language))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func word(_ state: ClusterStatus.State) -> Phrase {
    switch state {
    case .done: Phrase("done", "完成")
    case .running: Phrase("running", "运行中")
    case .waiting: Phrase("waiting", "排队中")
    case .failed: Phrase("failed", "失败")
    case .missing: Phrase("not submitted", "未提交")
    }
  }

  private static func words(_ state: ClusterStatus.State, _ count: Int) -> Phrase {
    let word = word(state)
    let shards = state == .done ? (count == 1 ? " shard" : " shards") : ""
    return Phrase(
      "\(count)\(shards) \(word.text(.english))", "\(count) 个分片\(word.text(.chinese))")
  }
}
