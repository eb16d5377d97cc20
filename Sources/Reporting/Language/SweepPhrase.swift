// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner

/// The words of tables about designs over factors, in every language.
package enum SweepPhrase: CaseIterable, Sendable {
  case factor, path, base, values, least, greatest, point, atPoints, differences, allPoints
  case grid, factorial, fractional, oneAtATime, lhs, sobol, morris, saltelli, file
  case oneFactor, factors, points, basePoint, resolution, leftOut, sobolReplaced, seed

  package func text(_ language: Language) -> String { phrase.text(language) }

  package static func method(_ name: String) -> SweepPhrase {
    switch name {
    case "grid": .grid
    case "factorial": .factorial
    case "fractional": .fractional
    case "one-at-a-time": .oneAtATime
    case "lhs": .lhs
    case "sobol": .sobol
    case "morris": .morris
    case "saltelli": .saltelli
    default: .file
    }
  }

  package var phrase: Phrase {
    switch self {
    case .factor: Phrase("Factor", "因素")
    case .path: Phrase("path", "路径")
    case .base: Phrase("in the model", "模型取值")
    case .values: Phrase("values", "取值范围")
    case .least: Phrase("least", "最小")
    case .greatest: Phrase("greatest", "最大")
    case .point: Phrase("point", "点")
    case .atPoints: Phrase("Means over replications at the points", "各点的重复模拟均值")
    case .differences:
      Phrase("Differences from the baseline at equal values of the factors", "因素取值相同时与基准方案之差")
    case .allPoints:
      Phrase(
        "The table point of the results file says what each point sets; --csv - prints all values.",
        "各点的设定见结果文件的 point 表；--csv - 输出全部数值。")
    case .grid: Phrase("Grid", "网格设计")
    case .factorial: Phrase("Full factorial", "全因子设计")
    case .fractional: Phrase("Fractional factorial", "部分因子设计")
    case .oneAtATime: Phrase("One at a time", "单因素设计")
    case .lhs: Phrase("Latin hypercube", "拉丁超立方设计")
    case .sobol: Phrase("Sobol points", "Sobol 序列")
    case .morris: Phrase("Morris trajectories", "Morris 轨迹")
    case .saltelli: Phrase("Saltelli's samples", "Saltelli 抽样")
    case .file: Phrase("Imported design", "导入的设计")
    case .oneFactor: Phrase("factor", "个因素")
    case .factors: Phrase("factors", "个因素")
    case .points: Phrase("points", "个点")
    case .basePoint: Phrase("the first is the model as it is", "首点为模型原值")
    case .resolution: Phrase("resolution", "分辨度")
    case .leftOut: Phrase("left out by constraints", "因约束剔除")
    case .sobolReplaced:
      Phrase(
        "a Latin hypercube in place of Sobol points, of which there are none in so many columns",
        "列数超过 Sobol 序列上限，改用拉丁超立方")
    case .seed: Phrase("seed", "随机种子")
    }
  }
}
