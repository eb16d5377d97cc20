// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles

/// The words of the tables, in every language.
package enum ReportPhrase: CaseIterable, Sendable {
  case measure, means, contrastTitle, varianceRemoved, oneReplication, replications, seed, window,
    to, percentPoints, whole, noInterval, pairing, independentPairing, nothing, incomplete, path,
    value, unit, range, evidence, grade, source, resource, requests, meanHold, unknownLoads,
    offeredLoad,
    capacity, utilisation, heldWhileWaiting, hangsOnState, dimensions, statistics
  case measuresOfNetwork, measuresOfRegion
  case simultaneousBand, bandNote
  case chanceValue, chanceNote, holmValue, holmNote
  case precisionTitle, asked, achieved, requiredReplications, precisionReached, precisionMissed
  case batches, batchMeans, batchPairing, batchesAlike, batchesTooShort, tooFewBatches
  // Warm-up.
  case steadyWarmUp, warmUpSeries, truncated, warmUpTime, keptMean, runLonger, runLongerNote,
    warmUpBySeries, warmUpByCycle, neverTheSame, statedWarmUp, statedEnough, statedShort,
    suggestedWarmUp, welchTitle, slowStates, oneYear, yearWord, yearChange, unmoved, driftNote,
    driftWarning,
    settledVerdict, driftingVerdict, unclearVerdict, allSettled
  // How money enters choices.
  case costForm, shareForm, formDependent, formNote
  // The baseline beside what is known.
  case baselineTitle, known, simulated, verdict, fitted, implied, checked, within, below, above,
    outside
  // Published values beside those obtained.
  case published, obtained, band, power, agrees, differs, undecided, noValue, roundedNote
  // Levers.
  case claimsServed, evidenceGrade, optional
  // Groups of a region's measures.
  case visits, places, referrals, waits, beds, money, experts
  case serviceCapacity, sharedCare, chronicCare
  case others

  package func text(_ language: Language) -> String { phrase.text(language) }

  /// In the place of rows that would be too many to read.
  static func folded(_ count: Int) -> Phrase {
    Phrase(": \(count) rows, in --json and --csv", "：\(count) 行，见 --json 与 --csv")
  }

  package static func title(of kind: ExperimentPlan.ModelKind) -> ReportPhrase {
    switch kind {
    case .network: .measuresOfNetwork
    case .region: .measuresOfRegion
    }
  }

  package var phrase: Phrase {
    switch self {
    case .measure: Phrase("Measure", "指标")
    case .evidenceGrade: Phrase("Evidence", "证据等级")
    case .claimsServed: Phrase("Claims served", "所对应的文献论断")
    case .optional: Phrase("may be left out", "可省略")
    case .means:
      Phrase(
        "Means over replications with 95 % confidence intervals", "重复模拟均值及 95 % 置信区间")
    case .contrastTitle: Phrase("Difference from", "与基准方案之差：")
    case .varianceRemoved: Phrase("noise removed", "消除的噪声")
    case .oneReplication: Phrase("replication", "次重复")
    case .replications: Phrase("replications", "次重复")
    case .seed: Phrase("seed", "随机种子")
    case .window: Phrase("window", "统计期")
    case .to: Phrase("to", "至")
    case .percentPoints: Phrase("% points", "百分点")
    case .whole: Phrase("all", "合计")
    case .noInterval:
      Phrase(
        "No intervals: they need two replications at least.", "至少两次重复才能给出置信区间。")
    case .pairing:
      Phrase(
        "Each difference pairs replication k of both scenarios, which share their random numbers; "
          + "noise removed: the share of the variance of a difference that the pairing takes away.",
        "各差值按第 k 次重复配对，两方案共用随机数；消除的噪声：配对使差值方差减少的比例。")
    case .independentPairing:
      Phrase(
        "The scenarios have random numbers of their own: nothing is gained by pairing.",
        "各方案使用独立随机数：配对不降低噪声。")
    case .simultaneousBand: Phrase("simultaneous band", "同时置信带")
    case .bandNote:
      Phrase(
        "Each difference with its own 95 % interval; the band holds the differences of all months "
          + "together with 95 % or more (Bonferroni over those not known beforehand); "
          + "- where nothing has varied yet.",
        "各差值附其自身的 95 % 置信区间；同时置信带以不低于 95 % 的概率同时包含所有月份的差值（对事先未知的月份作 Bonferroni 校正）；差值尚无变动者记 -。")
    case .chanceValue: Phrase("p", "p 值")
    case .chanceNote:
      Phrase(
        "p: the chance of a mean difference so far from zero if there were none.",
        "p：若实际无差异，均值之差偏离零至此的概率。")
    case .holmValue: Phrase("p (Holm)", "p 值 (Holm)")
    case .holmNote:
      Phrase(
        "p (Holm): the chance of a mean difference so far from zero if there were none, raised so that "
          + "over all scenarios of a measure the chance of one false claim is no more than the level "
          + "it is compared with.",
        "p (Holm)：若实际无差异，均值之差偏离零至此的概率，已按 Holm 法校正：同一指标的所有方案中出现一次误判的概率不超过所取水平。")
    case .precisionTitle: Phrase("Precision", "精度")
    case .asked: Phrase("asked", "要求")
    case .achieved: Phrase("achieved", "达到")
    case .requiredReplications: Phrase("replications needed", "所需重复次数")
    case .precisionReached:
      Phrase(
        "All are met together, and stay met, from this number of replications on:",
        "自以下重复次数起全部达到并保持：")
    case .precisionMissed:
      Phrase(
        "Not all are met yet: --resume goes on, with a larger --max-replications if the most were "
          + "run.", "尚未全部达到：可用 --resume 继续；若已达上限，请加大 --max-replications。")
    case .batches: Phrase("batches of one run", "个批次（一次长模拟）")
    case .batchMeans:
      Phrase("Means over batches with 95 % confidence intervals", "批次均值及 95 % 置信区间")
    case .batchPairing:
      Phrase(
        "Each difference pairs batch k of both scenarios, which share their random numbers; noise "
          + "removed: the share of the variance of a difference that the pairing takes away.",
        "各差值按第 k 个批次配对，两方案共用随机数；消除的噪声：配对使差值方差减少的比例。")
    case .batchesAlike:
      Phrase(
        "Lag-1 autocorrelation of the batch means (of independent ones below", "批次均值的一阶自相关（独立时低于")
    case .batchesTooShort:
      Phrase(
        "Warning: the batches are too short, and the intervals too narrow: what is left over at the "
          + "end of one begins the next. Make run.length longer. It shows in",
        "警告：批次过短，置信区间偏窄：前一批次末的状态影响下一批次。请加大 run.length。见于")
    case .tooFewBatches:
      Phrase(
        "Too few batches to tell whether they are long enough: that takes eight.",
        "批次太少，无法判断其长度是否足够：至少需要八个。")
    case .steadyWarmUp: Phrase("Warm-up by MSER-5", "预热期（MSER-5 法）")
    case .warmUpSeries: Phrase("Series", "序列")
    case .truncated: Phrase("left out", "截去个数")
    case .warmUpTime: Phrase("warm-up", "预热期")
    case .keptMean: Phrase("mean after it", "其后均值")
    case .runLonger: Phrase("run longer", "须加长")
    case .runLongerNote:
      Phrase(
        "Run longer: the best truncation lies in the second half of the run, so that no truncation "
          + "can be trusted. Write a longer --length, or more --replications. It shows in",
        "须加长模拟：最优截断点落在后半段，任何截断都不可信。请加大 --length 或 --replications。见于")
    case .warmUpBySeries:
      Phrase(
        "Waits and times in the system are taken one by one, in the order in which they ended; the "
          + "others are means of intervals of", "等待与逗留时间按结束先后逐个计；其余为逐段均值，每段")
    case .warmUpByCycle:
      Phrase(
        "Arrivals or capacities recur: each value is the mean of whole cycles, of",
        "到达或容量周期变化：每个取值为整周期的均值，每段")
    case .neverTheSame:
      Phrase(
        "Warning: there may be no steady state to warm up to, because what is given changes with "
          + "time and does not recur:", "警告：输入随时间变化且不重复，可能不存在稳态：")
    case .statedWarmUp: Phrase("The model says", "模型给定")
    case .statedEnough: Phrase("that is long enough", "足够")
    case .statedShort: Phrase("that is shorter", "短于此")
    case .suggestedWarmUp: Phrase("The longest of them decides", "以最长者为准")
    case .welchTitle:
      Phrase(
        "Welch's curve (o), the mean over replications (.), and where the warm-up ends (|):",
        "Welch 曲线（o）、重复模拟均值（.）及预热期终点（|）：")
    case .slowStates:
      Phrase("Slow states at the end of each year of the warm-up", "预热期各年末的慢变状态")
    case .oneYear:
      Phrase(
        "Warm-up: one year, which cannot tell whether slow states have settled; yilian warm-up can.",
        "预热期仅一年，无法判断慢变状态是否已稳定；可用 yilian warm-up 检验。")
    case .yearWord: Phrase("year", "第")
    case .yearChange: Phrase("last change", "末年变化")
    case .unmoved: Phrase("Did not move at all", "全无变化")
    case .driftNote:
      Phrase(
        "Last change: paired by replication, with its 95 % interval. Settled: all of it lies within "
          + "this share of the state:",
        "末年变化：按重复配对，附 95 % 置信区间。稳定：整个区间不超过该状态的")
    case .driftWarning:
      Phrase(
        "Warning: still drifting when the warm-up ends, beyond doubt and by more than that:",
        "警告：预热期末仍在漂移，整个区间超出上述比例：")
    case .allSettled: Phrase("Nothing drifts beyond doubt.", "未见确凿漂移。")
    case .settledVerdict: Phrase("settled", "稳定")
    case .driftingVerdict: Phrase("drifting", "漂移")
    case .unclearVerdict: Phrase("unclear", "未定")
    case .costForm: Phrase("cost", "自付额")
    case .shareForm: Phrase("share", "报销比例")
    case .formDependent: Phrase("form-dependent", "依赖形式")
    case .formNote:
      Phrase(
        "Every scenario was run with money in choice as what is paid (cost) and as the rate of "
          + "reimbursement (share); form-dependent: in one form the interval is clear of zero and in "
          + "the other not, or the signs differ.",
        "各方案均按两种费用形式模拟：自付额与报销比例；依赖形式：仅一种形式的区间不含零，或两种形式符号相反。")
    case .nothing: Phrase("The file holds no replication yet.", "结果文件中尚无重复模拟。")
    case .incomplete:
      Phrase(
        "Not all replications are stored yet; yilian run --resume goes on.",
        "重复模拟尚未全部完成；可用 yilian run --resume 继续。")
    case .path: Phrase("Path", "路径")
    case .value: Phrase("value", "取值")
    case .unit: Phrase("unit", "单位")
    case .range: Phrase("range", "范围")
    case .evidence: Phrase("evidence", "证据")
    case .grade: Phrase("grade", "等级")
    case .source: Phrase("source", "来源")
    case .resource: Phrase("Resource", "资源")
    case .requests: Phrase("requests", "请求数")
    case .meanHold: Phrase("mean hold", "平均占用时间")
    case .unknownLoads:
      Phrase(
        "How much is asked of each resource hangs on the state of the run; it is not known before.",
        "各资源的负荷取决于运行中的状态，运行前无法得知。")
    case .offeredLoad: Phrase("offered load", "负荷")
    case .capacity: Phrase("capacity", "容量")
    case .utilisation: Phrase("utilisation %", "利用率 %")
    case .heldWhileWaiting:
      Phrase(
        "Held while its holder waits for another resource: the load is higher by those waits.",
        "占用者等待其他资源时仍占用该资源：实际负荷因此更高。")
    case .hangsOnState:
      Phrase(
        "A range, ≥ or ?: it hangs on the state of the run, and lies between the least and the most that any choice of ways brings.",
        "区间、≥ 或 ?：取决于运行中的状态，介于各种走向所致的最小值与最大值之间。")
    case .dimensions: Phrase("dimensions", "维度")
    case .statistics: Phrase("statistics", "统计量")
    case .baselineTitle: Phrase("What is known, beside", "已知数据对照：")
    case .known: Phrase("known (range)", "已知值（范围）")
    case .simulated: Phrase("simulated", "模拟值")
    case .verdict: Phrase("verdict", "判断")
    case .fitted: Phrase("Fitted: agreement is no finding", "拟合项（一致不构成发现）")
    case .implied: Phrase("Implied by the fitted, by arithmetic", "由拟合项推得")
    case .checked: Phrase("Not fitted", "未拟合项")
    case .within: Phrase("within", "范围内")
    case .below: Phrase("below", "偏低")
    case .above: Phrase("above", "偏高")
    case .outside: Phrase("outside the known range", "超出已知范围")
    case .published: Phrase("published", "发表值")
    case .obtained: Phrase("obtained", "所得值")
    case .band: Phrase("band", "容许带")
    case .power: Phrase("power", "功效")
    case .agrees: Phrase("agrees", "一致")
    case .differs: Phrase("differs", "不一致")
    case .undecided: Phrase("undecided", "未定")
    case .noValue: Phrase("no value", "无值")
    case .roundedNote:
      Phrase("* As printed: the band has its rounding, too.", "* 印刷值：容许带已含其舍入。")
    case .visits: Phrase("Visits", "就诊")
    case .places: Phrase("Where patients go", "患者去向")
    case .referrals: Phrase("Referrals and transfers", "转诊与下转")
    case .waits: Phrase("Waits", "等待")
    case .beds: Phrase("Beds", "床位")
    case .money: Phrase("Money", "费用")
    case .experts: Phrase("Experts", "专家")
    case .serviceCapacity: Phrase("Capacity and emergencies", "服务能力与急症救治")
    case .sharedCare: Phrase("Exams and remote consults", "检查检验与远程会诊")
    case .chronicCare: Phrase("Chronic care", "慢病管理")
    case .others: Phrase("Other measures", "其他指标")
    case .measuresOfNetwork: Phrase("Measures of a network", "网络模型的指标")
    case .measuresOfRegion: Phrase("Measures of a region", "区域模型的指标")
    }
  }
}
