// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles

/// The words of the tables.
enum ReportPhrases {
  static let measure = Phrase("Measure", "指标")
  static let means = Phrase(
    "Means over replications with 95 % confidence intervals", "重复模拟均值及 95 % 置信区间")
  static let contrastTitle = Phrase("Difference from", "与基准方案之差:")
  static let varianceRemoved = Phrase("noise removed", "消除的噪声")
  static let replications = Phrase("replications", "次重复")
  static let seed = Phrase("seed", "随机种子")
  static let window = Phrase("window", "统计期")
  static let to = Phrase("to", "至")
  static let percentPoints = Phrase("% points", "百分点")
  static let whole = Phrase("all", "合计")
  static let noInterval = Phrase(
    "No intervals: they need two replications at least.", "至少两次重复才能给出置信区间。")
  static let pairing = Phrase(
    "Each difference pairs replication k of both scenarios, which share their random numbers; "
      + "noise removed: the share of the variance of a difference that the pairing takes away.",
    "各差值按第 k 次重复配对,两方案共用随机数;消除的噪声:配对使差值方差减少的比例。")
  static let independentPairing = Phrase(
    "The scenarios have random numbers of their own: nothing is gained by pairing.",
    "各方案使用独立随机数:配对不降低噪声。")
  static let nothing = Phrase("The file holds no replication yet.", "结果文件中尚无重复模拟。")
  static let incomplete = Phrase(
    "Not all replications are stored yet; yilian run --resume goes on.",
    "重复模拟尚未全部完成;可用 yilian run --resume 继续。")

  static let path = Phrase("Path", "路径")
  static let value = Phrase("value", "取值")
  static let unit = Phrase("unit", "单位")
  static let range = Phrase("range", "范围")
  static let evidence = Phrase("evidence", "证据")
  static let grade = Phrase("grade", "等级")
  static let source = Phrase("source", "来源")
  static let resource = Phrase("Resource", "资源")
  static let requests = Phrase("requests", "请求数")
  static let meanHold = Phrase("mean hold", "平均占用时间")
  static let offeredLoad = Phrase("offered load", "负荷")
  static let capacity = Phrase("capacity", "容量")
  static let utilisation = Phrase("utilisation %", "利用率 %")
  static let heldWhileWaiting = Phrase(
    "Held while its holder waits for another resource: the load is higher by those waits.",
    "占用者等待其他资源时仍占用该资源:实际负荷因此更高。")
  static let dimensions = Phrase("dimensions", "维度")
  static let statistics = Phrase("statistics", "统计量")

  static func title(of kind: ExperimentPlan.ModelKind) -> Phrase {
    switch kind {
    case .network: Phrase("Measures of a network", "网络模型的指标")
    case .region: Phrase("Measures of a region", "区域模型的指标")
    }
  }

  // Groups of a region's measures.
  static let visits = Phrase("Visits", "就诊")
  static let places = Phrase("Where patients go", "患者去向")
  static let referrals = Phrase("Referrals and transfers", "转诊与下转")
  static let waits = Phrase("Waits", "等待")
  static let beds = Phrase("Beds", "床位")
  static let money = Phrase("Money", "费用")
  static let experts = Phrase("Experts", "专家")
  static let others = Phrase("Other measures", "其他指标")
}
