// SPDX-License-Identifier: GPL-3.0-or-later

/// What institutions of an alliance have in common, and on which terms private ones join it.
///
/// Nothing else tells a tight alliance from a loose one. Each thing that is made one acts at a place of
/// its own:
///
/// | made one | what it does |
/// | --- | --- |
/// | staff | posts below are assigned: a share of every plan of experts is kept whatever they wish |
/// | money | a share of what is earned below counts for the lead, of experts' days and step-downs |
/// | purchasing | a share of the distance to the lead's stock of chronic patients' drugs is closed |
/// | exams | results of one are recognised at the other |
/// | records | a patient's record is there, in a share of cases |
///
/// Public members belong to it; a private one joins when the term begins if its rank, drawn once, is
/// below σ(logit(share at base) + response × yearly gain), and decides anew at the end of each term by
/// what the term has brought to members. That response is assumed (grade C).
///
/// Claims served: DD-005 to DD-014, OV-002, OV-003, OV-005, OV-010, OV-015, OV-043, OV-044, OV-048,
/// LS-002 to LS-004, LS-018, LS-021, GY-002, GY-020, GY-023, BJ-001 to BJ-007, BJ-037, BJ-048,
/// DD-041.
package struct AllianceTerms: Lever {
  package enum Part: String, CaseIterable, Sendable {
    case staff, money, purchasing, exams, records
  }

  package static let schema = LeverSchema(
    name: "alliance",
    nameChinese: "医联体组建（紧密型、松散型）",
    mechanism: """
      What is made one acts by itself: assigned staff keeps plans of experts, shared money lets \
      earnings below count for the lead, purchasing brings its drugs, exams are recognised, records \
      shared. \
      Private members join for a term by the gain that they expect of it.
      """,
    mechanismChinese: """
      统一的内容各自起作用：人员统一使下派计划得以执行，财务统一使下级收入计入牵头医院得失，采购统一\
      缩小备药差距，检查统一则结果互认，信息统一则病历共享。社会办医机构按预期年收益决定是否加入，每个协议期重新选择。
      """,
    claims: [
      "DD-005", "DD-006", "DD-007", "DD-008", "DD-010", "DD-011", "DD-012", "DD-013", "DD-014",
      "DD-041", "OV-002", "OV-003", "OV-005", "OV-010", "OV-015", "OV-043", "OV-044", "OV-048",
      "LS-002", "LS-003", "LS-004", "LS-018", "LS-021", "GY-002", "GY-020", "GY-023", "BJ-001",
      "BJ-002", "BJ-007", "BJ-010", "BJ-037", "BJ-048",
    ],
    evidence: LeverEvidence(
      .c,
      "what is made one is stated by documents; how far it counts, and who joins, is assumed",
      chinese: "统一内容见文件，作用程度与加入意愿为假设"),
    keys: [
      LeverKey("lead", .institution, "the hospital that leads", chinese: "牵头医院"),
      LeverKey("members", .institutions, "its members", chinese: "成员机构"),
      LeverKey(
        "unified", .words(Part.allCases.map(\.rawValue)),
        "what is made one; left out: nothing, a loose alliance",
        chinese: "统一的内容：人员、财务、采购、检查、信息；省略为松散型", isOptional: true),
      LeverKey(
        "earnings-share", .number(unit: "share", 0...1),
        "share of what is earned below that counts for the lead where money is one; left out: 0",
        chinese: "财务统一时下级收入计入牵头医院的比例；省略为 0", isOptional: true),
      LeverKey(
        "assigned-share", .number(unit: "share", 0...1),
        "share of plans of experts kept where staff is one; left out: 0",
        chinese: "人员统一时按指派执行的下派计划比例；省略为 0", isOptional: true),
      LeverKey(
        "stock-share", .number(unit: "share", 0...1),
        "share of the distance to the lead's stock that one purchasing closes; left out: 0",
        chinese: "采购统一时缩小与牵头医院备药差距的份额；省略为 0", isOptional: true),
      LeverKey(
        "record-share", .number(unit: "share", 0...1),
        "share of cases in which a record is there where records are one; left out: 0",
        chinese: "信息统一时可调阅病历的比例；省略为 0", isOptional: true),
      LeverKey(
        "join-share", .number(unit: "share", 0.001...0.999),
        "share of private members that join where it gains them nothing; left out: all join",
        chinese: "无收益时加入的社会办医机构比例；省略为全部加入", isOptional: true),
      LeverKey(
        "join-response", .number(unit: "1/CNY", 0...0.01),
        "log odds of joining per CNY that a year in it gains; left out: 0",
        chinese: "年收益每增加一元加入的对数优势变化；省略为 0", isOptional: true),
      LeverKey(
        "join-subsidy", .number(unit: "CNY", 0...1e7),
        "what a private member is paid a year; left out: nothing", chinese: "对加入机构的年补助；省略为无",
        isOptional: true),
      LeverKey(
        "join-cost", .number(unit: "CNY", 0...1e7),
        "what duties in it cost a private member a year; left out: nothing",
        chinese: "履行义务的年成本；省略为无", isOptional: true),
      LeverKey(
        "term", .number(unit: "d", 1...36500), "days of an agreement; left out: 365 d",
        chinese: "协议期天数；省略为 365 天", isOptional: true),
    ])

  package let lead: Int
  package let members: [Int]
  package let unified: Set<Part>
  private let earnings: Double
  private let assigned: Double
  private let records: Double
  private let stock: Double
  /// `nil`: all private members join.
  package let joinShare: Double?
  package let joinResponse: Double
  package let subsidy: Double
  package let cost: Double
  package let termDays: Int

  package init(_ settings: LeverSettings) {
    lead = settings.institution("lead")
    members = settings.institutions["members"] ?? []
    unified = Set((settings.words["unified"] ?? []).compactMap(Part.init))
    earnings = settings.numbers["earnings-share"] ?? 0
    assigned = settings.numbers["assigned-share"] ?? 0
    records = settings.numbers["record-share"] ?? 0
    stock = settings.numbers["stock-share"] ?? 0
    joinShare = settings.numbers["join-share"]
    joinResponse = settings.numbers["join-response"] ?? 0
    subsidy = settings.numbers["join-subsidy"] ?? 0
    cost = settings.numbers["join-cost"] ?? 0
    termDays = Int((settings.numbers["term"] ?? 365).rounded(.up))
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    policies.alliances.append(self)
    guard stockShare > 0 else { return }
    let aim = policies.stock(at: lead, model.institutions[lead].tier)
    for member in members { policies.raiseStock(at: member, by: stockShare, towards: aim, model) }
  }

  /// θ: the share of what is earned below that counts for the lead.
  package var earningsShare: Double { unified.contains(.money) ? earnings : 0 }
  /// The share of plans of experts that is kept in any case.
  package var assignedShare: Double { unified.contains(.staff) ? assigned : 0 }
  /// The share of the distance to the lead's stock of drugs that is closed.
  package var stockShare: Double { unified.contains(.purchasing) ? stock : 0 }
  /// The share of cases in which a record is there.
  package var recordShare: Double { unified.contains(.records) ? records : 0 }

  package func isParty(_ institution: Int) -> Bool {
    institution == lead || members.contains(institution)
  }

  /// Whether two institutions have something in common.
  package func unifies(_ part: Part, _ one: Int, _ other: Int) -> Bool {
    unified.contains(part) && isParty(one) && isParty(other)
  }

  /// The probability that a private member joins.
  ///
  /// - Parameter gain: CNY that a year in the alliance brings it.
  package func joinProbability(gain: Double) -> Double {
    guard let joinShare else { return 1 }
    return logistic(logit(joinShare) + joinResponse * gain)
  }
}

extension PoliciesInForce {
  /// The alliance in which one institution leads another.
  package func alliance(of lead: Int, with member: Int) -> AllianceTerms? {
    alliances.first { $0.lead == lead && $0.members.contains(member) && takesPart(member) }
  }
}
