// SPDX-License-Identifier: GPL-3.0-or-later

/// Something that happened to a resident of a region.
public struct ResidentEvent: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// Sets out for an institution.
    ///
    /// - Parameters:
    ///   - need: as the model names it; empty for a repeat of drugs.
    ///   - contact: the number of the contact in its episode, from 1.
    case setsOut(need: String, careClass: String, contact: Int, isReferred: Bool)
    /// A delay of the pathway begins, such as `first-consult`, to last so long.
    case begins(String, microseconds: Int64)
    /// Waits for a doctor, a bed or an exam room.
    case waits(role: String)
    /// Has it, after so long.
    case gets(role: String, microseconds: Int64)
    /// Gives up waiting, after so long.
    case givesUp(role: String, microseconds: Int64)
    /// Leaves the institution, or does not come.
    case leaves
    /// The fund pays a part of a bill, in fen.
    case fundPays(fen: Int64)
    /// A doctor begins to treat a long-term condition, or no longer does.
    case treated(condition: String, Bool)
    /// A treated condition comes under control, or is so no longer.
    case controlled(condition: String, Bool)
    /// Signs with a family doctor, or is no longer signed.
    case contract(Bool)
  }

  public var kind: Kind
  /// Since time 0.
  public var microseconds: Int64
  /// Where; empty of what belongs to no visit.
  public var institution: String
}

extension ResidentEvent {
  /// The members of a JSON object.
  public var members: [(String, JSONValue)] {
    var members: [(String, JSONValue)] = [
      ("time_days", .number(Double(microseconds) / 86_400e6)), ("institution", .text(institution)),
    ]
    func add(_ event: String, _ more: (String, JSONValue)...) {
      members.append(("event", .text(event)))
      members += more
    }
    func minutes(_ microseconds: Int64) -> JSONValue { .number(Double(microseconds) / 60e6) }
    switch kind {
    case .setsOut(let need, let careClass, let contact, let isReferred):
      add(
        "sets-out", ("need", .text(need)), ("class", .text(careClass)),
        ("contact", .integer(contact)), ("referred", .flag(isReferred)))
    case .begins(let step, let span):
      add("begins", ("step", .text(step)), ("minutes", minutes(span)))
    case .waits(let role): add("waits", ("resource", .text(role)))
    case .gets(let role, let span):
      add("gets", ("resource", .text(role)), ("minutes", minutes(span)))
    case .givesUp(let role, let span):
      add("gives-up", ("resource", .text(role)), ("minutes", minutes(span)))
    case .leaves: add("leaves")
    case .fundPays(let fen): add("fund-pays", ("cny", .number(Double(fen) / 100)))
    case .treated(let condition, let isSo):
      add("treated", ("condition", .text(condition)), ("value", .flag(isSo)))
    case .controlled(let condition, let isSo):
      add("controlled", ("condition", .text(condition)), ("value", .flag(isSo)))
    case .contract(let isSo): add("contract", ("value", .flag(isSo)))
    }
    return members
  }
}
