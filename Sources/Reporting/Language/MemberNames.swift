// SPDX-License-Identifier: GPL-3.0-or-later

/// What the members of dimensions are called, and in which order people list them.
extension MeasureNames {
  /// A member of a dimension, such as a tier; institutions and towns keep their names.
  package static func member(_ member: String, of dimension: String, _ language: Language) -> String
  {
    let dimensions = dimension.split(separator: "+").map(String.init)
    let parts = member.split(separator: "+").map(String.init)
    guard dimensions.count > 1, dimensions.count == parts.count else {
      return phrase(member, of: dimension)?.text(language) ?? member
    }
    let names = zip(parts, dimensions).compactMap { phrase($0, of: $1)?.text(language) }
    guard names.count == parts.count else { return member }
    let comma = language == .english ? ", " : "，"
    guard dimensions.starts(with: ["from", "to"]) else { return names.joined(separator: comma) }
    return (["\(names[0]) → \(names[1])"] + names.dropFirst(2)).joined(separator: comma)
  }

  private static func phrase(_ member: String, of dimension: String) -> Phrase? {
    switch dimension {
    case "tier", "from", "to": tiers[member]
    case "period": periods[member]
    case "title": titles[member]
    case "weekday": weekdays[member]
    case "way": ways[member]
    default: nil
    }
  }

  /// The members of one dimension in the order in which people list them; empty where there is none.
  static func order(of dimension: String) -> [String] {
    switch dimension {
    case "tier", "from", "to": ["village", "township", "community", "county", "city", "outside"]
    case "period": ["before", "after"]
    case "title": ["attending", "associate-chief", "chief"]
    case "weekday":
      ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    case "way":
      [
        "referral", "advice", "out-of-stock", "no-bed", "again", "step-down", "handed-down",
        "aftercare",
      ]
    default: []
    }
  }

  static let tiers: [String: Phrase] = [
    "village": Phrase("village clinics", "村卫生室"),
    "township": Phrase("township centres", "乡镇卫生院"),
    "community": Phrase("community centres", "社区卫生服务机构"),
    "county": Phrase("county hospitals", "县级医院"),
    "city": Phrase("city hospitals", "市级医院"),
    "outside": Phrase("outside the area", "区域外"),
  ]

  static let titles: [String: Phrase] = [
    "attending": Phrase("ordinary visits", "普通门诊"),
    "associate-chief": Phrase("associate chief doctors", "副主任医师"),
    "chief": Phrase("chief doctors", "主任医师"),
  ]

  static let periods: [String: Phrase] = [
    "before": Phrase("before the policy date", "政策实施前"),
    "after": Phrase("from the policy date on", "政策实施后"),
  ]

  static let weekdays: [String: Phrase] = [
    "monday": Phrase("Monday", "周一"), "tuesday": Phrase("Tuesday", "周二"),
    "wednesday": Phrase("Wednesday", "周三"), "thursday": Phrase("Thursday", "周四"),
    "friday": Phrase("Friday", "周五"), "saturday": Phrase("Saturday", "周六"),
    "sunday": Phrase("Sunday", "周日"),
  ]

  /// How patients come from another institution.
  static let ways: [String: Phrase] = [
    "referral": Phrase("registered referral", "登记上转"),
    "advice": Phrase("advice alone", "经建议自行上转"),
    "out-of-stock": Phrase("drugs out of stock", "缺药另就诊"),
    "no-bed": Phrase("no bed", "候床未果另就诊"),
    "again": Phrase("need left open", "未愈改日另就诊"),
    "step-down": Phrase("step-down", "住院下转"),
    "handed-down": Phrase("handed down", "慢病续方下转"),
    "aftercare": Phrase("after discharge", "出院后随访"),
  ]
}
