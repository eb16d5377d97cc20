// SPDX-License-Identifier: GPL-3.0-or-later

import OutputAnalysis

/// What measures, their units, dimensions and members are called in a table.
public enum MeasureNames {
  /// The name of a measure; that of a statistic of it is made of both; a name nobody translated
  /// stands as it is.
  ///
  /// - Parameter unit: Tells the occupancy of a network, in units, from that of beds, a share.
  public static func label(_ measure: String, unit: String, _ language: Language) -> String {
    if measure == "occupancy", unit == "units" { return unitsInUse.text(language) }
    if let phrase = measures[measure] { return phrase.text(language) }
    // Of regions it has no statistics.
    if measure.hasPrefix("occupancy-") {
      return statisticLabel(measure, language, of: ["occupancy": unitsInUse]) ?? measure
    }
    for (suffix, phrase) in statistics where measure.hasSuffix("-" + suffix) {
      if let base = measures[String(measure.dropLast(suffix.count + 1))] {
        return base.text(language) + (language == .english ? ", " : "") + phrase.text(language)
      }
    }
    return statisticLabel(measure, language, of: measures) ?? measure
  }

  /// The name of a statistic that has a number in its name.
  private static func statisticLabel(
    _ measure: String, _ language: Language, of measures: [String: Phrase]
  ) -> String? {
    for (base, phrase) in measures where measure.hasPrefix(base + "-") {
      let suffix = String(measure.dropFirst(base.count + 1))
      guard let statistic = MeasureStatistic(suffix) else { continue }
      // The number as it was asked for.
      let number = suffix.filter { $0.isNumber || $0 == "." }
      switch (statistic, language) {
      case (.quantile, .english):
        return "\(phrase.english), \(number)\(ordinalEnding(number)) percentile"
      case (.quantile, .chinese): return "\(phrase.chinese)第 \(number) 百分位数"
      case (.shareOver(_, let withUnfinished), .english):
        return "\(phrase.english), share over \(number)"
          + (withUnfinished ? ", with unfinished" : "")
      case (.shareOver(_, let withUnfinished), .chinese):
        return "\(phrase.chinese)超过 \(number) 的占比" + (withUnfinished ? "（含未完成）" : "")
      }
    }
    return nil
  }

  private static func ordinalEnding(_ number: String) -> String {
    if number.hasSuffix("11") || number.hasSuffix("12") || number.hasSuffix("13") { return "th" }
    return switch number.last {
    case "1": "st"
    case "2": "nd"
    case "3": "rd"
    default: "th"
    }
  }

  /// Whether a measure has a name in the reader's languages.
  public static func isKnown(_ measure: String) -> Bool { measures[measure] != nil }

  private static let unitsInUse = Phrase("Occupancy", "占用量")

  /// The unit, in the reader's language where it has a word of its own.
  public static func unit(_ unit: String, _ language: Language) -> String {
    if let phrase = units[unit] { return phrase.text(language) }
    if unit.hasPrefix("per "), let phrase = units[String(unit.dropFirst(4))] {
      // "per minutes" is a minute's.
      return language == .chinese
        ? "每" + phrase.chinese
        : "per " + (phrase.english.hasSuffix("s") ? phrase.english.dropLast() : phrase.english[...])
    }
    return unit
  }

  /// Whether a unit has a word in the reader's languages.
  public static func isKnownUnit(_ unit: String) -> Bool {
    units[unit] != nil || (unit.hasPrefix("per ") && units[String(unit.dropFirst(4))] != nil)
  }

  /// Whether a dimension has a name in the reader's languages.
  public static func isKnownDimension(_ dimension: String) -> Bool { dimensions[dimension] != nil }

  /// Every phrase of this catalogue, for the test that none is missing.
  package static var phrases: [Phrase] {
    [dimensions, tiers, titles, periods, weekdays, ways, statistics, units, measures]
      .flatMap(\.values) + [unitsInUse]
  }

  /// Whether a unit only repeats what is counted.
  static func isCount(_ unit: String) -> Bool {
    [
      "", "visits", "visits per head", "visits per day", "admissions", "admissions per day",
      "transfers", "per 100", "referrals", "step-downs",
      "refills", "patients", "residents", "consults", "exams", "needs", "entities", "requests",
    ].contains(unit)
  }

  static let dimensions: [String: Phrase] = [
    "tier": Phrase("by tier", "按层级"), "period": Phrase("by period", "按时期"),
    "class": Phrase("by class", "按类别"), "resource": Phrase("by resource", "按资源"),
    "step": Phrase("by step", "按步骤"),
    "class+resource": Phrase("by class and resource", "按类别与资源"),
    "class+step": Phrase("by class and step", "按类别与步骤"),
    "institution": Phrase("by institution", "按机构"),
    "town": Phrase("by town", "按乡镇"), "need": Phrase("by need", "按病种"),
    "month": Phrase("by month", "按月"), "scheme": Phrase("by scheme", "按参保类型"),
    "title": Phrase("by doctor's title", "按医师职称"),
    "income": Phrase("by income group", "按收入组"),
    "year": Phrase("by year of the warm-up", "按预热期年份"),
    "tier+year": Phrase("by tier and year of the warm-up", "按层级与预热期年份"),
    "care": Phrase("by kind of care", "按医疗类别"),
    "weekday": Phrase("by weekday", "按星期"),
    "tier+weekday": Phrase("by tier and weekday", "按层级与星期"),
    "way": Phrase("by way of coming", "按转来途径"),
    "from+to": Phrase("from tier to tier", "按来源与去向层级"),
    "from+to+way": Phrase("from tier to tier, by way of coming", "按来源、去向层级与转来途径"),
    "condition": Phrase("by condition", "按病种"), "alliance": Phrase("by alliance", "按医联体"),
  ]

  static let statistics: [String: Phrase] = [
    "p50": Phrase("median", "中位数"), "p90": Phrase("90th percentile", "第 90 百分位数"),
    "p95": Phrase("95th percentile", "第 95 百分位数"), "max": Phrase("maximum", "最大值"),
    "per-head": Phrase("per head", "人均"),
  ]

  static let units: [String: Phrase] = [
    "share": Phrase("%", "%"), "visits": Phrase("visits", "人次"),
    "admissions": Phrase("admissions", "人次"), "referrals": Phrase("referrals", "人次"),
    "transfers": Phrase("transfers", "人次"), "seconds": Phrase("seconds", "秒"),
    "minutes": Phrase("minutes", "分钟"), "hours": Phrase("hours", "小时"),
    "days": Phrase("days", "天"), "weeks": Phrase("weeks", "周"), "years": Phrase("years", "年"),
    "CNY": Phrase("CNY", "元"), "money": Phrase("money", "金额"),
    "CNY per head": Phrase("CNY per head", "元/人"),
    "entities": Phrase("entities", "个"), "units": Phrase("units", "个"),
    "requests": Phrase("requests", "次"), "time units": Phrase("time units", "时间单位"),
    "visits per head": Phrase("visits per head", "次/人"),
    "visits per day": Phrase("visits a day", "人次/日"),
    "admissions per day": Phrase("admissions a day", "人次/日"),
    "per 100": Phrase("per 100", "每百人"), "step-downs": Phrase("step-downs", "人次"),
    "patients": Phrase("patients", "人"), "institutions": Phrase("institutions", "家"),
    "0 to 1": Phrase("0 to 1", "0–1"),
    "0 to 0.5": Phrase("0 to 0.5", "0–0.5"), "logits": Phrase("logits", "logit 单位"),
    "refills": Phrase("refills", "次"), "doctors": Phrase("doctors", "人"),
    "posts": Phrase("posts", "个"),
    "residents": Phrase("residents", "人"), "consults": Phrase("consults", "例"),
    "exams": Phrase("exams", "项次"), "needs": Phrase("needs", "次"),
  ]

  static let measures: [String: Phrase] = [
    // Regions.
    "visits": Phrase("Outpatient visits", "门诊人次"),
    "primary-visit-share": Phrase("Primary share of visits", "基层就诊率"),
    "first-contact-primary-share": Phrase("Primary share of first contacts", "基层首诊率"),
    "in-region-visit-share": Phrase("In-county share of visits", "县域内就诊率"),
    "admissions": Phrase("Admissions", "住院人次"),
    "referrals-up": Phrase("Referrals up, attended", "上转人次"),
    "referrals-down": Phrase("Referrals down, attended", "下转人次"),
    "step-downs": Phrase("Step-down transfers", "住院下转人次"),
    "wait-minutes": Phrase("Wait for the first consult", "候诊时间"),
    "occupancy": Phrase("Bed occupancy", "床位使用率"),
    "out-of-pocket": Phrase("Out-of-pocket spend", "个人自付总额"),
    "out-of-pocket-per-head": Phrase("Out-of-pocket spend per head", "人均个人自付"),
    "fund-spend": Phrase("Fund spend", "基金支出总额"),
    "drug-cover-spend": Phrase("Drug cover spend", "慢病门诊用药保障支出"),
    "major-illness-spend": Phrase("Major-illness spend", "大病保险支出"),
    "breach-penalties": Phrase("Penalties for catalogue breaches", "违反病种目录扣款"),
    "fund-spend-per-head": Phrase("Fund spend per head", "人均基金支出"),
    "billed": Phrase("Billed", "医疗费用总额"),
    "revenue": Phrase("Revenue of institutions", "医疗机构收入"),
    "fund-to-institutions": Phrase("Fund paid to institutions", "基金支付医疗机构"),
    "payment-gain": Phrase("Gain by the payment rule", "支付方式盈亏"),
    "drug-share": Phrase("Drug share of spending", "药占比"),
    "exam-share": Phrase("Exam share of spending", "检查检验占比"),
    "service-income-share": Phrase("Service-income share", "医疗服务收入占比"),
    "refused-admissions": Phrase("Elective admissions refused", "被拒择期住院"),
    "delayed-admissions": Phrase("Elective admissions delayed", "被推迟择期住院"),
    "cost-shifted": Phrase("Shifted to patients", "转嫁患者费用"),
    "budget": Phrase("Global budget", "总额预算"),
    "budget-spend": Phrase("Spent from the budget", "预算支出"),
    "budget-balance": Phrase("Budget balance", "预算账户余额"),
    "budget-surplus": Phrase("Budget surplus", "预算结余"),
    "budget-deficit": Phrase("Deficit carried", "结转超支"),
    "budget-pressure": Phrase("Budget pressure", "预算压力"),
    "point-value": Phrase("Value of a point", "分值单价"),
    "visits-per-head": Phrase("Visits per head", "人均就诊次数"),
    "visit-share": Phrase("Share of visits", "就诊占比"),
    "admission-share": Phrase("Share of admissions", "住院占比"),
    "admissions-per-100": Phrase("Admissions per 100 residents", "每百人住院人次"),
    "in-region-admission-share": Phrase("In-county share of admissions", "县域内住院率"),
    "exams": Phrase("Exams", "检查检验项次"),
    "repeated-exams": Phrase("Repeated exams", "重复检查检验项次"),
    "expert-visits": Phrase("Visits seen by rotating experts", "下派专家接诊人次"),
    "doctor-days": Phrase("Doctor-days in clinic", "门诊医师工作日"),
    "bed-days-staffed": Phrase("Bed-days provided", "开放床日"),
    "vacant-posts": Phrase("Vacant posts", "空缺岗位数"),
    "doctors-trained": Phrase("Doctors back from training", "进修返岗医师数"),
    "emergencies": Phrase("Emergencies seen", "急症救治例数"),
    "time-to-treatment": Phrase("Onset to doctor in an emergency", "急症发病至接诊时间"),
    "expert-days": Phrase("Days of rotating experts", "专家下派天数"),
    "expert-days-planned": Phrase("Expert days planned", "专家下派计划天数"),
    "expert-days-kept": Phrase("Planned expert days held", "下派计划到位率"),
    "expert-days-cancelled": Phrase("Expert days cancelled", "取消的专家下派天数"),
    "expert-hours-taken": Phrase("Doctors' time leads gave", "牵头医院付出医生工时"),
    "expert-hours-received": Phrase("Doctors' time members received", "成员单位得到医生工时"),
    "expert-allowances": Phrase("Allowances of experts", "专家下派补助"),
    "alliance-subsidies": Phrase("Subsidies of private members", "社会办医成员补助"),
    "willingness": Phrase("Willingness of leads to send experts", "下派意愿"),
    "members-joined": Phrase("Members that take part", "实际加入的成员单位数"),
    "travel-minutes": Phrase("Travel of a visit", "就诊往返路程时间"),
    "needs": Phrase("Needs", "医疗需要"),
    "forgone": Phrase("Needs for which no care was sought", "未就诊的需要"),
    "unmet": Phrase("Unmet needs", "未满足的需要"),
    "diverted": Phrase("Visits after which patients went on elsewhere", "就诊后即转往他处"),
    "put-off": Phrase("Visits after which patients came again later", "就诊后择日再诊"),
    "referrals-advised": Phrase("Advised to go higher, unregistered", "建议上转（未登记）"),
    "referrals-registered": Phrase("Referrals up, registered", "登记上转人次"),
    "referrals-missed": Phrase("Referrals up, not attended", "登记上转未到诊"),
    "referrals-offered": Phrase("Referrals up, offered", "提出转诊人次"),
    "referrals-without-slot": Phrase("Referrals refused for want of a slot", "因无号源拒收的转诊"),
    "referrals-declined": Phrase("Referrals declined by the lead", "牵头医院拒收的转诊"),
    "upward-leakage": Phrase("Sent up and gone elsewhere", "上转外流比例"),
    "green-channel-consults": Phrase("Visits by the green channel", "绿色通道就诊人次"),
    "green-channel-wait-minutes": Phrase("Wait in the green channel", "绿色通道候诊时间"),
    "aftercare-agreed": Phrase("Visits after discharge, agreed", "约定出院随访人次"),
    "aftercare-missed": Phrase("Visits after discharge, missed", "未到出院随访人次"),
    "aftercare-visits": Phrase("Visits after discharge", "出院随访就诊人次"),
    "step-downs-accepted": Phrase("Step-downs accepted", "接受住院下转人次"),
    "step-downs-declined": Phrase("Step-downs refused", "拒绝住院下转人次"),
    "blocked-bed-days": Phrase("Blocked bed-days", "压床日数"),
    "admission-wait-days": Phrase("Wait for admission", "候床天数"),
    "handed-down": Phrase("Chronic patients handed down", "慢病患者下转人数"),
    "step-downs-eligible": Phrase("Stays eligible for step-down", "可下转住院人次"),
    "step-downs-offered": Phrase("Step-downs offered", "提议住院下转人次"),
    "leaked-admissions": Phrase("Admissions leaked while waiting", "候床流失人次"),
    "complications": Phrase("Complications of hypertension", "高血压相关并发症"),
    "contracts-signed": Phrase("Contracts signed", "新增家庭医生签约人数"),
    "contract-share": Phrase("Contracted residents", "家庭医生签约率"),
    "follow-ups": Phrase("Follow-ups of chronic patients", "慢病随访人次"),
    "team-follow-ups": Phrase("Follow-ups with a specialist", "专科医生参与随访人次"),
    "standard-management-share": Phrase("Standard management rate", "慢病规范管理率"),
    "hypertension-control-share": Phrase("Hypertension under control", "高血压控制率"),
    "exams-sent-away": Phrase("Exams read at a shared centre", "送共享中心检查数"),
    "report-hours": Phrase("Time to a centre's report", "共享中心报告时间"),
    "called-back": Phrase("Patients called back another day", "次日返诊人次"),
    "remote-consults": Phrase("Remote consults", "远程会诊例数"),
    "remote-consults-declined": Phrase("Remote consults not asked for", "因等候未申请的远程会诊"),
    "remote-consults-resolved": Phrase("Remote consults that let members treat", "会诊后就地治疗例数"),
    "remote-wait-hours": Phrase("Wait for a remote consult", "远程会诊等候时间"),
    "remote-consult-hours": Phrase("Expert hours in remote consults", "远程会诊专家工时"),
    "duty-days": Phrase("Doctor-days out of the clinic", "医生离开门诊日数"),
    "bed-wait-days": Phrase("Wait for a bed", "候床时间"),
    "pharmacy-refills": Phrase("Refills at retail pharmacies", "零售药店取药次数"),
    "pharmacy-out-of-pocket": Phrase("Out-of-pocket spend at retail pharmacies", "零售药店个人自付"),
    "pharmacy-fund-spend": Phrase("Fund spend at retail pharmacies", "零售药店基金支出"),
    "pharmacy-drug-cover-spend": Phrase(
      "Drug cover spend at retail pharmacies", "零售药店慢病用药保障支出"),
    "pharmacy-major-illness-spend": Phrase(
      "Major-illness spend at retail pharmacies", "零售药店大病保险支出"),
    "visits-per-day": Phrase("Outpatient visits a day", "日均门诊人次"),
    "admissions-per-day": Phrase("Admissions a day", "日均住院人次"),
    "transfers": Phrase("Patients who came from another institution", "由其他机构转来人次"),
    "title-visits": Phrase("Hospital visits", "医院门诊人次"),
    "income-visits": Phrase("Outpatient visits", "门诊人次"),
    "income-out-of-pocket": Phrase("Out-of-pocket spend", "个人自付总额"),
    "trust": Phrase("Trust", "信任度"),
    "skill": Phrase("Skill left by experts and training", "专家带教与进修提升"),
    "warm-up-trust": Phrase("Trust, in the warm-up", "预热期信任度"),
    "warm-up-habit-primary-share": Phrase("Primary share of habits", "惯常基层就诊比例"),
    "warm-up-skill": Phrase("Skill left by experts, in the warm-up", "预热期专家带教提升"),
    "warm-up-wait-belief": Phrase("Wait that people expect", "预期候诊时间"),
    "warm-up-bed-wait-belief": Phrase("Wait for a bed that people expect", "预期候床时间"),
    "warm-up-patients": Phrase("Patients in care", "在治患者数"),
    "warm-up-occupancy": Phrase("Bed occupancy, in the warm-up", "预热期床位使用率"),
    "warm-up-utilisation": Phrase("Utilisation, in the warm-up", "预热期利用率"),
    "warm-up-contract-share": Phrase("Contracted residents, in the warm-up", "预热期家庭医生签约率"),
    "warm-up-standard-management-share": Phrase(
      "Standard management rate, in the warm-up", "预热期慢病规范管理率"),
    "warm-up-hypertension-control-share": Phrase(
      "Hypertension under control, in the warm-up", "预热期高血压控制率"),
    "logsum": Phrase("Expected utility of care", "就医期望效用"),
    // Networks; occupancy and visits stand above.
    "wait": Phrase("Wait", "等待时间"),
    "time-in-system": Phrase("Time in system", "逗留时间"),
    "queue-length": Phrase("Queue length", "队长"),
    "utilisation": Phrase("Utilisation", "利用率"),
    "throughput": Phrase("Throughput", "产出率"),
    "arrivals": Phrase("Arrivals", "到达数"),
    "blocked": Phrase("Blocked", "阻塞次数"),
    "reneged": Phrase("Reneged", "中途放弃"),
    "refused": Phrase("Refused", "拒收次数"),
    "lost": Phrase("Lost", "流失数"),
    "in-system": Phrase("Number in system", "系统内人数"),
    "passed": Phrase("Passed", "通过数"),
    "waiting-at-end": Phrase("Waiting at the end", "期末等待数"),
    "in-system-at-end": Phrase("In system at the end", "期末系统内人数"),
    "reneged-after": Phrase("Wait before reneging", "放弃前等待时间"),
    "referred": Phrase("Referred", "转诊人次"),
    "cost": Phrase("Cost", "费用"),
    "overtime": Phrase("Overtime", "加班时间"),
    "window-length": Phrase("Length of the window", "统计时长"),
  ]
}
