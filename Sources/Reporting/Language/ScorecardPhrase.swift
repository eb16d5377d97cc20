// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import ModelFiles

/// The words of a scorecard.
enum ScorecardPhrase {
  static func title(claims: Int, places: Int) -> Phrase {
    Phrase(
      "Scorecard: \(claims) \(claims == 1 ? "claim" : "claims") of \(places) "
        + (places == 1 ? "place" : "places"),
      "文件所述与模型预测对照：\(places) 个地区，\(claims) 条")
  }

  static let scored = Phrase(
    "Outcomes that are predicted, out of sample", "预测并据以评判的结果（未用于拟合）")
  static let fitted = Phrase("Outcomes that were fitted: they never count", "已用于拟合的结果（不计入评判）")
  static let targets = Phrase("Aims, predicted against; they judge nothing", "规划目标与预测对照（不作评判）")
  static let joined = Phrase(
    "Claims that contradict each other, or hang together by arithmetic", "相互矛盾或存在算术关系的条目")
  static let placed = Phrase("Inputs, levers and rules, and where each lives", "投入、措施与规则及其在模型中的位置")
  static let notComparable = Phrase(
    "Outcomes beside which nothing can be held", "无法与任何结果对照的条目")
  static let unserved = Phrase(
    "What a model would need a mechanism or a number for", "模型尚缺机制或数据的条目")
  static let context = Phrase("Context, with nothing to place in a model", "背景信息（无须置入模型）")
  static let counts = Phrase("Claims by place and use", "各地区条目的用途分布")

  static let claim = Phrase("claim", "条目")
  static let place = Phrase("place", "地区")
  static let all = Phrase("all", "合计")
  static let observed = Phrase("observed", "文件值")
  static let predicted = Phrase("predicted", "预测值")
  static let span = Phrase("over assumptions (width)", "假设范围内（宽度）")
  static let verdict = Phrase("verdict", "判断")
  static let movedBy = Phrase("moved most by", "主要影响假设")
  static let value = Phrase("value", "数值")
  static let whereItLives = Phrase("where", "位置")
  static let reason = Phrase("reason", "说明")
  static let maybeChance = Phrase("may be chance", "可能出于偶然")

  static func use(_ use: Claim.Use) -> Phrase {
    switch use {
    case .placed: Phrase("placed", "已置入")
    case .scored: Phrase("scored", "评判")
    case .fitted: Phrase("fitted", "拟合")
    case .target: Phrase("aims", "目标")
    case .context: Phrase("context", "背景")
    case .notComparable: Phrase("not comparable", "不可比")
    case .unserved: Phrase("unserved", "未覆盖")
    }
  }

  static func verdict(_ verdict: ClaimVerdict) -> Phrase {
    switch verdict {
    case .hit: Phrase("hit", "吻合")
    case .directionRight: Phrase("direction right", "方向一致")
    case .miss: Phrase("miss", "不符")
    case .undetermined: Phrase("undetermined", "未定")
    case .right: Phrase("right", "方向正确")
    case .wrong: Phrase("wrong", "方向错误")
    case .unclear: Phrase("unclear", "不明确")
    case .recovered: Phrase("fitted: recovered", "拟合：已还原")
    case .notRecovered: Phrase("fitted: not recovered", "拟合：未还原")
    case .reached: Phrase("reached", "可达到")
    case .notReached: Phrase("not reached", "达不到")
    case .notComparable: Phrase("not comparable", "不可比")
    case .noResults: Phrase("no results", "暂无结果")
    }
  }

  static func direction(_ direction: ObservedValue.Direction) -> Phrase {
    switch direction {
    case .up: Phrase("up", "上升")
    case .down: Phrase("down", "下降")
    case .none: Phrase("none", "无影响")
    }
  }

  static func problem(_ problem: ClaimProblem) -> Phrase {
    switch problem {
    case .fewDraws(let draws):
      Phrase(
        "defined in \(draws) whole draws; a verdict needs \(UncertaintyAnalysis.fewestDraws)",
        "仅 \(draws) 组抽样有值；判断至少需要 \(UncertaintyAnalysis.fewestDraws) 组")
    case .zeroBaseline:
      Phrase("its baseline is zero, of which nothing is a share", "基准值为零，无法计算变化率")
    case .unusable(let why): Phrase(why, why)
    }
  }

  static func turns(at value: String, _ test: ClaimTest?) -> Phrase {
    guard let test else { return Phrase(value, value) }
    if test.claim.use == .target { return Phrase("aim met at \(value)", "取 \(value) 时达标") }
    return test.question.comparison == .level
      ? Phrase("meets it at \(value)", "取 \(value) 时相符")
      : Phrase("sign turns at \(value)", "取 \(value) 时变号")
  }

  static func stated(_ value: String, count: Int) -> Phrase {
    count == 1
      ? Phrase("stated \(value)", "现取 \(value)")
      : Phrase("stated \(value), first of \(count)", "现取 \(value)，\(count) 项之首")
  }

  static func scenario(_ name: String, against baseline: String?) -> Phrase {
    baseline.map { Phrase("\(name) less \($0)", "\(name) 减 \($0)") } ?? Phrase(name, name)
  }

  static func directions(_ counts: Scorecard.Counts) -> Phrase {
    Phrase(
      "Effects with a direction: \(counts.directions), of which \(counts.right) right, "
        + "\(counts.wrong) wrong, \(counts.unclear) unclear. Sizes claimed by those that are right: "
        + "\(counts.sized), of which \(counts.hits) hit.",
      "有方向的效应共 \(counts.directions) 项：方向正确 \(counts.right) 项、错误 \(counts.wrong) 项、不明确 "
        + "\(counts.unclear) 项；方向正确且给出数值的 \(counts.sized) 项中，数值吻合 \(counts.hits) 项。")
  }

  static func levels(_ counts: Scorecard.Counts) -> Phrase {
    Phrase(
      "Levels: \(counts.levels), of which \(counts.levelHits) hit, \(counts.levelMisses) missed, "
        + "\(counts.levelsUndetermined) undetermined.",
      "水平值共 \(counts.levels) 项：吻合 \(counts.levelHits) 项、不符 \(counts.levelMisses) 项、未定 "
        + "\(counts.levelsUndetermined) 项。")
  }

  static func without(_ count: Int) -> Phrase {
    Phrase(
      "\(count) scored \(count == 1 ? "outcome has" : "outcomes have") no results yet.",
      "另有 \(count) 项尚无可用结果。")
  }

  static let noMark = Phrase(
    "Fitted outcomes and aims are not among them, and no count is a mark to pass.",
    "已用于拟合的结果与规划目标不计入；计数不设及格线。")

  static func sample(_ experiment: String, draws: Int, replications: Int) -> Phrase {
    Phrase(
      "\(experiment): \(draws) draws, \(replications) replications",
      "\(experiment)：\(draws) 组抽样，各重复 \(replications) 次")
  }

  static let chartTitle = Phrase(
    "What the documents say beside what the models predict", "文件值与模型预测值对照")
  static let inPerCent = Phrase("Claims in per cent", "以百分比表示的条目")
  static let perCentAxis = Phrase("% or % points", "% 或百分点")
  static let asMultiples = Phrase("All others, observed = 1", "其他条目（文件值 = 1）")
  static let multiplesAxis = Phrase("multiple of what was observed", "为文件值的倍数")
  static let marks = Phrase(
    "Diamond: the document. Dot: every assumption as stated; line: 95 % of run noise. Bar: 95 % over the "
      + "assumptions, widened by run noise.",
    "菱形：文件值；圆点：各项假设取现值时的预测值；细线：模拟噪声 95 % 区间；色带：假设范围内的 95 % 区间（已按噪声放宽）。")
  static let drawnClaims = Phrase(
    "Claims of a direction alone have no size to draw; fitted ones and aims judge nothing.",
    "仅有方向的条目无数值可绘；已拟合条目与规划目标不作评判。")

  static let notes = [
    Phrase(
      "Predicted: every assumption as stated, ± run noise (half of Student's 95 % interval over the "
        + "replications). Over the assumptions: 95 % of the draws, own noise taken out, widened by the run "
        + "noise of one draw; in brackets how wide that is.",
      "预测值：各项假设取现值，± 为模拟噪声（按重复次数计的 95 % 置信区间半宽）。假设范围内：95 % 的抽样所在区间，"
        + "扣除自身噪声后再按单组抽样的噪声放宽；括号内为其宽度。"),
    Phrase(
      "Hit: surely of the same sign, and the observed value within that interval, which is at most twice as "
        + "wide as the value (a level: at most as wide). Direction right: surely of the same sign. Miss: "
        + "surely of the other sign or nothing; a level: outside. Undetermined: the assumptions or run noise "
        + "hold either. Fitted values are looked at where every assumption is as stated, within 2 % or half a "
        + "unit of the last digit.",
      "吻合：正负号稳健一致，且文件值落在上述区间内，区间宽度不超过文件值的两倍（水平值不超过其本身）。方向一致："
        + "正负号稳健一致。不符：稳健地相反或无影响；水平值则为落在区间外。未定：假设或噪声使两种结论均可能。"
        + "拟合值按各项假设取现值比较，允许偏差 2 % 或末位数的半个单位。"),
    Phrase(
      "Below each: the assumptions that move it most, the change from the low end of the range to the high "
        + "one, their share of what all assumptions do, and the value at which the verdict would turn, in a "
        + "straight line, where it lies in the range. ?: not told from chance by so few draws.",
      "各项之下：影响最大的假设、自范围下端至上端的变化、在全部假设影响中所占份额，以及按线性推算使判断改变的取值"
        + "（在范围内者）。“?”：抽样组数不足以与偶然区分。"),
  ]
}
