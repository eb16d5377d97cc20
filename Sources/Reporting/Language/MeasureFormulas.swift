// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles
import OutputAnalysis

/// How measures come about and of when they are, in the reader's language. The definitions themselves are in
/// English; here stands what they are called in Chinese.
package enum MeasureFormulas {
  package static func formula(
    _ measure: MeasureDefinition, of kind: ExperimentPlan.ModelKind, _ language: Language
  ) -> String {
    language == .english ? measure.formula : chinese(kind)[measure.name] ?? measure.formula
  }

  package static func window(_ measure: MeasureDefinition, _ language: Language) -> String {
    language == .english ? measure.window : windows[measure.window] ?? measure.window
  }

  /// Whether a measure is told in Chinese, too.
  package static func isTranslated(
    _ measure: MeasureDefinition, of kind: ExperimentPlan.ModelKind
  ) -> Bool {
    chinese(kind)[measure.name] != nil && windows[measure.window] != nil
  }

  /// Names that no measure has.
  package static func unused(
    of kind: ExperimentPlan.ModelKind, among measures: [MeasureDefinition]
  ) -> [String] {
    Set(chinese(kind).keys).subtracting(measures.map(\.name)).sorted()
  }

  private static func chinese(_ kind: ExperimentPlan.ModelKind) -> [String: String] {
    switch kind {
    case .network: network
    case .region: region
    }
  }

  private static let windows = [
    "policy start (else end of warm-up) to end": "政策实施（未设政策时为预热期结束）至运行结束",
    "end of warm-up to end, or each batch of it": "预热期结束至运行结束，或其中各批次",
    "since the policy began": "自政策实施起",
    "end of the run": "运行结束时",
    "end of each year of the warm-up": "预热期各年末",
    "each year of the warm-up": "预热期各年",
  ]

  private static let network = [
    "wait":
      "按资源或步骤：统计期内提出并获准的申请，自申请至获准的平均时间，立即获准计 0。不分资源与步骤：统计期内离开的实体在各等候队列中"
      + "停留的平均总时间，含被抢占后和受阻期间；仍在等候或仍在系统内者不计。分批次时，等待计入其结束的批次。pNN：NN % 的等待不超过的"
      + "最小值，误差不超过 0.4 %。share-over-T：超过 T 者的精确占比。with unfinished：按资源或步骤时，统计期内放弃或仍在等候的申请"
      + "按已等时间一并计入；否则仍在系统内的实体一并计入。因其可能还要再等，故为下限。",
    "time-in-system":
      "统计期内离开的实体自进入至离开的平均时间，不论何时进入、以何种方式离开；仍在系统内者不计。分位数与占比同 wait；"
      + "with unfinished：仍在系统内者按进入以来的时间计入。",
    "queue-length":
      "等候（未在受理）数的时间加权均值；不分资源时为其总和。pNN：NN % 的时间内不超过的最小数。share-over-N：等候数超过 N 的时间占比。"
      + "两者均为精确值；结束时仍在等候者计至结束。",
    "occupancy":
      "占用单位数的时间加权均值，结束时仍占用者一并计入；不分资源时为其总和。pNN 与 share-over-N 同 queue-length：容量不限时，"
      + "除 share-over-N 的时间外 N 个单位已够用，pNN 个单位在 NN % 的时间内够用。",
    "utilisation": "容量之内的占用单位时间与容量单位时间之比；不分资源时为全部资源合计。结束时仍在受理者计至结束。",
    "in-system": "已进入而未离开的实体数的时间加权均值，结束时仍在者计至结束。须另行要求。pNN 与 share-over-N 同 queue-length。",
    "throughput": "单位时间内完成离开的实体数，不论何时进入；仍在系统内者离开后才计入。",
    "arrivals": "统计期内进入的实体数，不论是否已离开。",
    "blocked": "统计期内获准、但曾占着原有资源等候的转移次数；仍在等候者不计。",
    "reneged": "统计期内因超过耐心时间而放弃的申请数，不论何时提出；仍在等候者不计。",
    "refused": "统计期内遇等候区满员的申请数，不论其后去向及是否已离开。",
    "lost": "按资源：统计期内因等候区满员而离开的实体数。不分资源：统计期内以流失方式离开的实体数，不论何时进入。",
    "referred": "统计期内的转诊次数，不论去向与结果；模型含转诊步骤时给出，按当时的类别。按步骤：有名称的步骤。",
    "passed": "统计期内通过某个有名称步骤的实体数：取得其申请的资源、开始其时长、在此离开，或到达其他类型的步骤；仍在等候者不计。须另行要求。",
    "waiting-at-end": "不分资源：统计期结束时处于等候队列中的实体数，含被抢占后和受阻期间。按资源：当时队列中的申请数；同时申请多种资源者各计一次。",
    "in-system-at-end": "统计期结束时已进入而未离开的实体数。",
    "reneged-after": "统计期内放弃的申请自提出至放弃的平均时间，不论何时提出；仍在等候者不计。",
    "overtime": "统计期内超出容量的占用单位时间，如下班后继续工作，由届时占用者计至其结束；不计入 utilisation。",
    "cost":
      "统计期内资源的费用，模型给出单价时列出：排班费按容量单位时间，使用费按占用单位时间，加班费另按超出容量的占用单位时间，次费按获准次数。"
      + "按类别（须另行要求）：仅含该类实体所占用与获准的使用费和次费。结束时仍在受理者计至结束。",
    "window-length": "自预热期结束至运行结束；由 until-completed 结束运行时短于 length。须另行要求。",
  ]
}
