// SPDX-License-Identifier: GPL-3.0-or-later

/// What the units and the worded values of claims are called.
///
/// A table of claims writes them in English, as its documents' readers translated them; what has no entry here
/// stands as it is written.
package enum ClaimWords {
  /// A value with its unit, as a reader has it: `58 alliances`, `是`.
  package static func value(_ value: String, unit: String, _ language: Language) -> String {
    let shown = language == .chinese ? chineseValue(value) : value
    let unit = self.unit(unit, language)
    guard !shown.isEmpty, !unit.isEmpty else { return shown }
    return language == .chinese && unit != "%" ? shown + unit : "\(shown) \(unit)"
  }

  /// Empty where it says only what kind of value it is.
  static func unit(_ unit: String, _ language: Language) -> String {
    if kinds.contains(unit) { return "" }
    if unit == "percent" { return "%" }
    if let rest = unit.split(separator: " of ").last, unit.hasPrefix("percent of ") {
      return language == .chinese ? "%" : "% of \(rest)"
    }
    return language == .chinese ? chineseUnits[unit] ?? " \(unit)" : unit
  }

  private static func chineseValue(_ value: String) -> String {
    value.split(separator: "; ").map { chineseValues[String($0)] ?? String($0) }
      .joined(separator: "；")
  }

  private static let kinds: Set = [
    "flag", "qualitative", "category", "rule", "direction", "scope", "list", "date", "structure",
    "status", "deductible rule", "disease stage", "priority", "year", "reimbursement share",
    "reimbursement share at primary", "roles", "kinds", "share", "pay ratio", "ratio",
    "share of overspend", "share of surplus",
  ]

  private static let chineseUnits = [
    "percentage points": " 个百分点", "hospitals": " 家医院", "CNY": " 元", "CNY/year": " 元/年",
    "diseases": " 个病种", "disease": " 个病种", "alliances": " 个医联体", "centres": " 家",
    "institutions": " 家机构", "person-times/year": " 人次/年", "counties": " 个县",
    "services": " 项服务", "functions": " 项功能", "cases/year": " 例/年", "years": " 年",
    "visits/month/doctor": " 次/月·医生", "working day/visit": " 个工作日/次",
    "working days/year/doctor": " 个工作日/年·医生", "specialties": " 个专科", "grades": " 级",
    "rules": " 项", "members": " 家成员单位", "visits/year": " 人次/年", "visits": " 人次",
    "referrals": " 人次", "person-tests": " 人份", "policy change": " 次调整",
    "channels": " 种方式", "doctors": " 名医生", "statistics": " 项统计", "types": " 类",
    "centre/township": " 家/乡镇", "attributes": " 项", "methods": " 种", "levels": " 级",
    "models": " 种模式", "clinics": " 家", "person-visits": " 人次", "cases": " 例",
    "days": " 天", "branches": " 家分院", "stations": " 个站", "districts": " 个区",
    "persons/year": " 人次/年", "months": " 个月", "institution/alliance": " 家/医联体",
    "alliance/district": " 个/区", "minutes": " 分钟", "items": " 项", "persons": " 人",
  ]

  private static let chineseValues = [
    "exists": "有", "yes": "是", "no": "否", "stated": "有表述，无数值", "proposed": "拟议", "up": "上升",
    "up, markedly": "明显上升", "down": "下降", "none": "无", "more": "增加",
    "difference only": "仅补差额", "tight": "紧密型", "loose": "松散型", "3 roles": "三类分工",
    "mostly private": "多为民营", "recalculated in full": "全额重新计算", "not marked": "不明显",
    "some lack basic imaging": "部分缺少基本影像设备", "capitation": "按人头",
    "outpatient+inpatient+referral+reimbursement+family-doctor fee":
      "门诊、住院、转诊、报销与家庭医生签约费", "4 per level": "每级 4 项", "improved": "有所改善",
    "not implemented": "未落实", "severe": "严重", "allowed": "允许", "inside the group": "集团内",
    "grade 1-2 hypertension": "1—2级高血压", "early diabetes": "早期糖尿病", "3 priorities": "三项优先",
    "primary share": "基层占比", "referral ratio": "转诊比例", "experts down": "专家下沉",
    "health": "健康状况", "forbidden": "禁止",
    "hypertension, diabetes and others": "高血压、糖尿病等", "negative incentive": "负向激励",
    "up >> down": "上转远多于下转", "partial": "部分", "4 kinds": "4 类",
    "lose preferential reimbursement": "不再享受优惠报销", "higher": "较高", "too long": "过长",
    "voluntary": "自愿", "not recognised": "不互认", "low": "低",
    "long stay, high cost": "住院时间长、费用高", "encouraged": "鼓励", "4 clauses": "4 款",
    "stable": "平稳", "several 100000": "数十万", "large": "大量", "under construction": "在建",
    "all public hospitals": "全部公立医院", "falling or flat >10": "下降或持平 10 年以上",
    "started 2017": "2017年启动", "eased": "缓解",
  ]
}
