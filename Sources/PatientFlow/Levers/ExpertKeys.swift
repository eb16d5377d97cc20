// SPDX-License-Identifier: GPL-3.0-or-later

/// The keys that levers which send experts share, and what they come to.
enum ExpertKeys {
  /// Who sends, and who receives.
  static let parties = [
    LeverKey("lead", .institution, "the hospital that sends experts", chinese: "派出专家的医院"),
    LeverKey("members", .institutions, "the institutions that receive them", chinese: "接收专家的机构"),
  ]

  /// What experts bring, and who knows of them.
  static let gains = [
    LeverKey(
      "quality-gain", .number(unit: "", 0...1), "quality added for the expert's patients",
      chinese: "专家患者所得质量提高"),
    LeverKey(
      "scope-gain", .number(unit: "", 0...1), "scope added for the expert's patients",
      chinese: "专家患者所得服务能力提高"),
    LeverKey(
      "skill-per-day", .number(unit: "", 0...0.1), "skill the member gains in a day",
      chinese: "成员机构每个专家日所得技术"),
    LeverKey(
      "known-share", .number(unit: "share", 0...1),
      "share of residents who come to know the calendar", chinese: "最终知晓排班的居民比例"),
    LeverKey(
      "known-after", .number(unit: "d", 1...3650), "mean days until one of them knows it",
      chinese: "其中一人知晓排班的平均天数"),
  ]

  static let specialty = LeverKey(
    "specialty", .specialty, "the specialty of the experts; left out: all needs but refills",
    chinese: "专家的专科；省略则不分专科", isOptional: true)

  /// How willing experts are to go. All left out: they go as planned.
  static let willingness = [
    LeverKey(
      "willingness-base", .number(unit: "", -10...10),
      "log odds of going where money is even; left out: experts go as planned",
      chinese: "收支相抵时下派意愿的对数优势；省略则按计划下派", isOptional: true),
    LeverKey(
      "money-response", .number(unit: "1/CNY", 0...0.1),
      "log odds per CNY that a day below gains the lead; left out: 0",
      chinese: "下派一日每多得一元的对数优势变化；省略为 0", isOptional: true),
    LeverKey(
      "allowance", .number(unit: "CNY", 0...100_000),
      "what an expert gets for a day below; left out: nothing", chinese: "专家每下派一日的补助；省略为无",
      isOptional: true),
    LeverKey(
      "promotion", .flag,
      "whether service below is asked for by the rule of promotion; left out: no",
      chinese: "基层服务经历是否为职称、职务晋升条件；省略为否", isOptional: true),
    LeverKey(
      "promotion-response", .number(unit: "", 0...10),
      "log odds that such a rule adds; left out: 0", chinese: "晋升条件增加的对数优势；省略为 0",
      isOptional: true),
    LeverKey(
      "willingness-floor", .number(unit: "share", 0...1),
      "share of the plan that an audit ensures; left out: 0", chinese: "考核确保的计划比例；省略为 0",
      isOptional: true),
    LeverKey(
      "adjustment", .number(unit: "d", 1...3650),
      "days in which willingness comes near its aim; left out: 180 d",
      chinese: "意愿调整所需天数；省略为 180 天", isOptional: true),
  ]
}

extension ExpertPosting {
  /// Takes up the keys that such levers share.
  ///
  /// - Parameter daysPerMonth: at each member, complied with.
  init(_ settings: LeverSettings, work: Work, daysPerMonth: Double, sessions: Double) {
    self.init(
      lead: settings.institution("lead"), members: settings.institutions["members"] ?? [],
      work: work, daysPerMonth: daysPerMonth, sessions: sessions,
      sessionCapacity: settings.numbers["session-capacity"] ?? 0)
    qualityGain = settings.numbers["quality-gain"] ?? 0
    scopeGain = settings.numbers["scope-gain"] ?? 0
    skillPerDay = settings.numbers["skill-per-day"] ?? 0
    knownShare = settings.numbers["known-share"] ?? 0
    knownAfter = settings.numbers["known-after"] ?? 1
    specialty = settings.specialties["specialty"]
    guard let base = settings.numbers["willingness-base"] else { return }
    willingness = WillingnessRule(
      base: base, moneyResponse: settings.numbers["money-response"] ?? 0,
      promotion: settings.flags["promotion"] == true
        ? settings.numbers["promotion-response"] ?? 0 : 0,
      allowance: settings.numbers["allowance"] ?? 0,
      floor: settings.numbers["willingness-floor"] ?? 0,
      adjustmentDays: settings.numbers["adjustment"] ?? 180)
  }
}
