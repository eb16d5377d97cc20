// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// Doctors of members ask an expert of the lead about a patient from afar.
///
/// A doctor who sees that a need is beyond his scope, but not by more than `gap-limit`, asks the lead's
/// desk in `request-share` of cases. The desk has so many expert minutes a day, which the lead's clinic
/// lacks; a request waits in one line, the patient with it, until the next day if need be. What the
/// advice adds to the scope decides whether the member then treats, as it decides for everybody. Who would
/// have to wait longer than `limit` is not asked for, and is sent up as before. Where no shared record
/// leads from the member to the lead (`information-platform`), only `without-platform` of the requests
/// can be made: history-taking alone (OV-009).
///
/// The fee is on the member's bill, with the part of it that insurance pays: none in 2018 (OV-008).
/// Emergencies and refills are not asked about. Assumed, grade C: share, gap and scope gained.
///
/// Claims served: OV-008, OV-009, OV-037, OV-038, LS-009, BJ-042.
package struct Telemedicine: Lever {
  package static let schema = LeverSchema(
    name: "telemedicine",
    nameChinese: "远程会诊",
    mechanism: """
      A member's doctor asks the lead's desk about a need somewhat beyond his scope; advice adds scope, so \
      some are treated there who would be sent up. The desk's minutes are few, make a line, and are \
      missing in the lead's clinic.
      """,
    mechanismChinese: """
      成员机构医生对略超出服务能力的病例请求牵头医院远程会诊，会诊提高其服务能力，部分原需上转者就地治疗。会诊时间有限、需排队，并减少牵头医院门诊。
      """,
    claims: ["OV-008", "OV-009", "OV-037", "OV-038", "LS-009", "BJ-042"],
    evidence: LeverEvidence(
      .c,
      "how few consults there are is published (OV-037); shares and the scope gained are assumed",
      chinese: "会诊量之少有文献（OV-037）；申请比例与能力提高为假设"),
    keys: [
      LeverKey("lead", .institution, "the hospital whose experts are asked", chinese: "提供会诊的医院"),
      LeverKey("members", .institutions, "the institutions that ask", chinese: "申请会诊的机构"),
      LeverKey(
        "minutes-per-day", .number(unit: "min", 0...1440),
        "expert minutes a day, every day, from the lead's opening on", chinese: "每日专家会诊分钟数"),
      LeverKey(
        "consult", .number(unit: "min", 0.5...480), "minutes of a consult, the mean",
        chinese: "每例平均会诊时间"),
      LeverKey(
        "consult-variation", .number(unit: "", 0...5), "its coefficient of variation (lognormal)",
        chinese: "会诊时间变异系数"),
      LeverKey(
        "request-share", .number(unit: "share", 0...1),
        "share of such needs about which the desk is asked", chinese: "符合条件病例的申请比例"),
      LeverKey(
        "gap-limit", .number(unit: "", 0...1),
        "how far beyond the scope a need may be to be asked about", chinese: "可申请会诊的最大能力差距"),
      LeverKey(
        "without-platform", .number(unit: "share", 0...1),
        "share of requests that can be made although the record is not shared",
        chinese: "未互联互通时仍可申请的份额"),
      LeverKey(
        "limit", .number(unit: "h", 0...720), "longest wait for the expert that is accepted",
        chinese: "可接受的最长等候"),
      LeverKey(
        "scope-gain", .number(unit: "", 0...1), "scope that the advice adds",
        chinese: "会诊带来的服务能力提高"),
      LeverKey("fee", .number(unit: "CNY", 0...10_000), "fee of a consult", chinese: "每例会诊费"),
      LeverKey(
        "fund-pays", .number(unit: "CNY", 0...10_000),
        "of it, what insurance pays, at most the fee; nothing where it does not settle",
        chinese: "其中医保支付"),
      LeverKey("schemes", .schemes, "the schemes that pay it", chinese: "支付的险种"),
    ])

  package let lead: Int
  package let members: [Int]
  package let minutesPerDay: Double
  package let consultMinutes: Double
  package let consultVariation: Double
  package let requestShare: Double
  package let gapLimit: Double
  package let withoutPlatform: Double
  package let limit: TimeSpan
  package let scopeGain: Double
  package let fee: Money
  package let fundPays: Money
  let schemes: UInt64

  package init(_ settings: LeverSettings) {
    lead = settings.institution("lead")
    members = settings.institutions["members"] ?? []
    minutesPerDay = settings.number("minutes-per-day")
    consultMinutes = settings.number("consult")
    consultVariation = settings.number("consult-variation")
    requestShare = settings.number("request-share")
    gapLimit = settings.number("gap-limit")
    withoutPlatform = settings.number("without-platform")
    limit = .hours(settings.number("limit"))
    scopeGain = settings.number("scope-gain")
    fee = Money(yuan: settings.number("fee"))
    fundPays = Money(yuan: min(settings.number("fee"), settings.number("fund-pays")))
    schemes = (settings.schemes["schemes"] ?? []).reduce(0) { $0 | 1 << UInt64($1) }
  }

  /// What insurance pays of the fee, for a patient of a scheme.
  @inline(__always)
  func covered(scheme: UInt8) -> Money { schemes & (1 << UInt64(scheme)) != 0 ? fundPays : .zero }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    guard minutesPerDay > 0 else { return }
    let clinic = model.tiers[model.institutions[lead].tier]
    policies.desks.append(
      ConsultDesk(
        self, opensHour: clinic.opensHour, institutions: model.institutions.count,
        startDay: policies.day))
    policies.addDuty(
      at: lead, doctors: minutesPerDay / 60 / max(1, clinic.closesHour - clinic.opensHour), model)
  }
}
