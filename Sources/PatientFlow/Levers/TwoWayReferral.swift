// SPDX-License-Identifier: GPL-3.0-or-later

/// Members and lead refer patients to each other by agreement: booked, with the record, and urgent.
///
/// Of the patients that a member would send up, a share is *offered* to the lead (φ, raised by an
/// assessment, and where the record is shared by booking from below). The lead refuses who would wait
/// too long for a slot, and a share of the rest; the others are *accepted*: a slot is booked, the green
/// channel opens, and insurance pays the referred rate. Who is refused, or was never offered, has
/// *advice* alone and chooses again; a booked patient may fail to come. Beds may be kept for the
/// referred. Down, the lead hands stable chronic outpatients over for their refills, and who was
/// discharged for a visit at his own centre, where the record has come there.
///
/// Assumed (C): φ, the gain by booking, and that a doctor who can hand a patient over easily sends up
/// more of those whom he could treat. Each is a key with a range in the models.
///
/// Claims served: LS-011, LS-012, LS-013, LS-023, LS-024, GY-036, GY-037, GY-042, GY-043, GY-044,
/// DD-018, DD-022, DD-030, BJ-043.
package struct TwoWayReferral: Lever {
  package static let schema = LeverSchema(
    name: "two-way-referral",
    nameChinese: "双向转诊",
    mechanism: """
      A share of referrals is registered: accepted by the lead, with a slot, the green channel at its \
      queues and the referred rate of insurance. The lead hands stable chronic patients down for \
      their refills and discharged ones for follow-up.
      """,
    mechanismChinese: """
      一部分上转经登记：牵头医院接收后预留号源，开通绿色通道优先接诊、检查和住院，医保按转诊比例支付。牵头医院把病情\
      稳定的慢性病患者转回基层续方，出院患者转回基层随访。
      """,
    claims: [
      "LS-011", "LS-012", "LS-013", "LS-023", "LS-024", "GY-036", "GY-037", "GY-042", "GY-043",
      "GY-044", "DD-018", "DD-022", "DD-030", "BJ-043",
    ],
    evidence: LeverEvidence(
      .c,
      "counts of referrals are published (LS-023, BJ-020); the share offered is implied by them, its responses are assumed",
      chinese: "转诊人次有文献（LS-023、BJ-020）；登记比例由其反推，各项反应为假设"),
    keys: [
      LeverKey("lead", .institution, "the hospital that takes referrals", chinese: "接收转诊的医院"),
      LeverKey("members", .institutions, "the institutions that refer", chinese: "上转患者的机构"),
      LeverKey(
        "registered-share", .number(unit: "share", 0...1),
        "share of upward referrals that are offered to the lead for registration",
        chinese: "上转中提出登记转诊的比例"),
      LeverKey(
        "reserved-share", .number(unit: "share", 0...1),
        "share of the lead's slots kept for members", chinese: "牵头医院为成员预留号源的比例"),
      LeverKey(
        "release", .number(unit: "h", 0...336), "hours before opening when kept slots are freed",
        chinese: "开诊前多少小时释放预留号源"),
      LeverKey(
        "exam-recognition", .flag, "whether results of the other side are recognised",
        chinese: "对方的检查检验结果是否互认"),
      LeverKey(
        "hand-down-share", .number(unit: "share", 0...1),
        "share of refill visits at the lead that are handed down", chinese: "在牵头医院续方的患者中转回基层的比例"),
      LeverKey(
        "accepted-share", .number(unit: "share", 0...1),
        "share of referrals with a slot that the lead accepts; all if left out",
        chinese: "有号源的转诊中牵头医院接收的比例；省略为全部", isOptional: true),
      LeverKey(
        "most-slot-days", .number(unit: "d", 0...14),
        "days to a slot beyond which the lead refuses; at 14, the last that can be booked, and if left "
          + "out it refuses nobody for want of one",
        chinese: "候诊超过多少天即拒收；取十四天（可预约的最后一天）或省略则不因无号源拒收", isOptional: true),
      LeverKey(
        "green-channel", .words(GreenChannel.words),
        "the lead's queues that the referred pass first; all three if left out",
        chinese: "绿色通道优先的环节：接诊、检查、住院；省略为全部", isOptional: true),
      LeverKey(
        "green-channel-for-contracted", .flag,
        "whether it is open to residents with a family doctor who come by themselves; no if left out",
        chinese: "是否同时为签约居民开通绿色通道；省略为否", isOptional: true),
      LeverKey(
        "reserved-beds", .number(unit: "", 0...100_000),
        "acute beds of the lead kept for the referred and for emergencies; none if left out",
        chinese: "牵头医院为转诊和急诊患者预留的床位数；省略为不预留", isOptional: true),
      LeverKey(
        "booking-gain", .number(unit: "", 0...5),
        "logits added to registered-share where the record is shared and the member books itself; "
          + "none if left out",
        chinese: "信息互通、基层可直接预约时登记比例的对数优势增量；省略为无", isOptional: true),
      LeverKey(
        "defensive-gain", .number(unit: "", 0...5),
        "logits added at members to the share sent up though within scope; none if left out",
        chinese: "成员机构把能治患者上转的比例的对数优势增量；省略为无", isOptional: true),
      LeverKey(
        "follow-up-share", .number(unit: "share", 0...1),
        "share of patients discharged by the lead, and with a shared record, whom their own centre "
          + "asks to come; none if left out",
        chinese: "牵头医院出院且信息互通的患者中由所属基层机构随访的比例；省略为无", isOptional: true),
      LeverKey(
        "follow-up-after", .number(unit: "d", 0...90),
        "days from discharge to that visit; a week if left out", chinese: "出院后多少天随访；省略为七天",
        isOptional: true),
    ])

  package let lead: Int
  package let members: [Int]
  package let registeredShare: Double
  package let reservedShare: Double
  package let releaseHours: Double
  package let recognisesResults: Bool
  package let handDownShare: Double
  package let acceptedShare: Double
  /// Days to a slot beyond which the lead refuses; never from ``SlotBook/horizon`` on.
  package let mostSlotDays: Int
  package let greenChannel: GreenChannel
  package let reservedBeds: Int
  package let bookingGain: Double
  package let defensiveGain: Double
  package let followUpShare: Double
  package let followUpDays: Double

  package init(_ settings: LeverSettings) {
    lead = settings.institution("lead")
    members = settings.institutions["members"] ?? []
    registeredShare = settings.number("registered-share")
    reservedShare = settings.number("reserved-share")
    releaseHours = settings.number("release")
    recognisesResults = settings.flags["exam-recognition"] ?? false
    handDownShare = settings.number("hand-down-share")
    acceptedShare = settings.numbers["accepted-share"] ?? 1
    mostSlotDays = Int(settings.numbers["most-slot-days"] ?? Double(SlotBook.horizon))
    greenChannel = GreenChannel(
      queues: settings.words["green-channel"],
      isForContracted: settings.flags["green-channel-for-contracted"] ?? false)
    reservedBeds = Int((settings.numbers["reserved-beds"] ?? 0).rounded())
    bookingGain = settings.numbers["booking-gain"] ?? 0
    defensiveGain = settings.numbers["defensive-gain"] ?? 0
    followUpShare = settings.numbers["follow-up-share"] ?? 0
    followUpDays = settings.numbers["follow-up-after"] ?? 7
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    policies.referrals.append(self)
    policies.channels.open(greenChannel, at: lead, of: model.institutions.count)
    policies.keepBeds(
      Int(model.sample.part(of: Double(reservedBeds)).rounded()), at: lead,
      of: model.institutions.count)
  }

  package func isMember(_ institution: Int) -> Bool { members.contains(institution) }
  package func isParty(_ institution: Int) -> Bool { institution == lead || isMember(institution) }
}
