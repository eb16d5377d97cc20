// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles

/// The words in which a design over factors is described so that a reader can make it again.
package enum DesignPhrase: CaseIterable, Sendable {
  case setting, method, points, asked, rowsOfA, blocks, trajectories, levelsOfRanges, seed
  case generators, resolution, constraints, leftOut, trajectoriesLeftOut, file, basePoint
  case none, basePointFirst, sobolReplaced
  case factor, paths, base, low, high, values, level, sets, setsNothing, pathsDiffer, ownSettings
  case continuous, continuousLog, imported, point, asInModel
  case perReplications, perBatches, ofPoints, least, greatest, alikeAtAll

  package func text(_ language: Language) -> String { phrase.text(language) }

  package var phrase: Phrase {
    switch self {
    case .setting: Phrase("the design", "试验设计")
    case .method: Phrase("method", "方法")
    case .points: Phrase("points, the base point included", "点数（含基准点）")
    case .asked: Phrase("points asked for", "要求的点数")
    case .rowsOfA: Phrase("rows of sample A", "样本 A 的行数")
    case .blocks: Phrase("scenarios × points", "方案数 × 点数")
    case .trajectories: Phrase("trajectories", "轨迹数")
    case .levelsOfRanges: Phrase("values of a range without steps", "无步长范围的取值个数")
    case .seed: Phrase("seed of the design, apart from the runs' own", "设计的随机种子（与模拟运行的种子无关）")
    case .generators: Phrase("generators", "生成元")
    case .resolution: Phrase("resolution", "分辨度")
    case .constraints:
      Phrase("constraints, which all points but the base point meet", "约束条件（除基准点外各点均满足）")
    case .leftOut: Phrase("points left out by the constraints", "因约束剔除的点数")
    case .trajectoriesLeftOut: Phrase("trajectories left out by the constraints", "因约束剔除的轨迹数")
    case .file: Phrase("imported from the file", "导入自文件")
    case .basePoint: Phrase("base point", "基准点")
    case .none: Phrase("none", "无")
    case .basePointFirst:
      Phrase("the first point is the model as it is, with no factor set", "首点为模型原值，不设定任何因素")
    case .sobolReplaced:
      Phrase(
        "a Latin hypercube stands in for Sobol points, of which there are none in so many columns",
        "列数超过 Sobol 序列上限，以拉丁超立方代替")
    case .factor: Phrase("factor", "因素")
    case .paths: Phrase("path, or paths that take the same value", "路径（多条路径取同一数值）")
    case .base: Phrase("in the model", "模型取值")
    case .low: Phrase("low", "下限")
    case .high: Phrase("high", "上限")
    case .values: Phrase("values", "取值")
    case .level: Phrase("level", "水平")
    case .sets: Phrase("what it sets", "所设定的路径")
    case .setsNothing: Phrase("nothing: as in the model", "不作设定：同模型原值")
    case .pathsDiffer: Phrase("not the same at all paths", "各路径取值不同")
    case .ownSettings: Phrase("by level, below", "随水平而定，见下表")
    case .continuous: Phrase("any number between, evenly", "其间任意数值，均匀取值")
    case .continuousLog:
      Phrase("any number between, evenly in its logarithm", "其间任意数值，按对数均匀取值")
    case .imported: Phrase("as in the file", "见导入文件")
    case .point: Phrase("point", "点")
    case .asInModel: Phrase("as in the model", "同模型原值")
    case .perReplications: Phrase("replications", "重复次数")
    case .perBatches: Phrase("batches", "批次数")
    case .ofPoints: Phrase("of all points", "各点中")
    case .least: Phrase("least", "最小")
    case .greatest: Phrase("greatest", "最大")
    case .alikeAtAll: Phrase("alike at all", "各点相同")
    }
  }

  /// How the points come about, of each method.
  static func making(_ method: DesignSettings.Method) -> Phrase {
    switch method {
    case .grid:
      Phrase(
        "every combination of all values; those of the last factor change fastest",
        "所有取值的全部组合，末位因素变化最快")
    case .factorial:
      Phrase(
        "every combination of the ends of ranges and of all levels; the last factor changes fastest",
        "范围两端与全部水平的所有组合，末位因素变化最快")
    case .fractional:
      Phrase(
        "the factors that no generator makes go through every combination of low and high, the last "
          + "fastest; each other is the product of some of them, low being −1 and high +1",
        "非生成因素取遍高低水平的全部组合，末位变化最快；其余因素为若干因素之积，低为 −1、高为 +1")
    case .oneAtATime:
      Phrase(
        "each factor through its values, the others as in the model",
        "逐个因素取遍其值，其余因素保持模型原值")
    case .lhs:
      Phrase(
        "every factor is cut into as many equal parts as there are points, one in each; spread out by "
          + "exchanges (maximin; Morris and Mitchell, 1995)",
        "每个因素按点数等分，每份恰取一点，并经交换使点间最小距离最大（maximin；Morris 与 Mitchell，1995）")
    case .sobol:
      Phrase(
        "points of GSL's Sobol sequence under a random digital shift, one after another; those that do "
          + "not meet the constraints are passed over",
        "GSL 的 Sobol 序列经随机数字移位后依次取点，不满足约束者跳过")
    case .morris:
      Phrase(
        "trajectories on which each factor changes once, in random order, by half of its levels "
          + "(Morris, 1991)",
        "在每条轨迹上各因素按随机次序各变动一次，步长为其水平数之半（Morris，1991）")
    case .saltelli:
      Phrase(
        "samples A and B and, for each factor, A with that factor's column of B; row by row: A, B, AB of "
          + "each factor (Saltelli and others, 2010); the columns are Sobol points to 20 factors, a Latin "
          + "hypercube beyond",
        "样本 A 与 B，以及将 A 中某一因素的列换为 B 的各样本；逐行排列：A、B、各因素的 AB（Saltelli 等，2010）；"
          + "不超过 20 个因素时取自 Sobol 序列，否则取自拉丁超立方")
    case .file: Phrase("the rows of a file, in their order", "文件中的各行，按其次序")
    }
  }

  static func steps(_ step: String, count: Int) -> Phrase {
    Phrase("steps of \(step): \(count) values", "步长 \(step)，共 \(count) 个值")
  }

  static func wholeNumbers(count: Int) -> Phrase {
    Phrase("whole numbers: \(count) values", "整数，共 \(count) 个值")
  }

  static func days(step: Int, count: Int) -> Phrase {
    Phrase(
      step == 1 ? "each day: \(count) days" : "every \(step) d: \(count) days",
      step == 1 ? "每日，共 \(count) 天" : "每隔 \(step) 天，共 \(count) 个日期")
  }

  static func evenly(count: Int, isLogarithmic: Bool) -> Phrase {
    Phrase(
      "\(count) values, evenly spaced" + (isLogarithmic ? " in their logarithm" : ""),
      (isLogarithmic ? "按对数" : "") + "等距的 \(count) 个值")
  }

  static func manyPoints(_ count: Int, command: String) -> Phrase {
    Phrase(
      "There are \(count) points, too many to list here. They follow from the above: the same version of "
        + "Yilian makes the same points in the same order. \(command) lists what each sets.",
      "共 \(count) 个点，此处不逐一列出。各点由上述设定唯一确定：同一版本的医联以同样次序生成同样的点。"
        + "\(command) 可列出各点的设定。")
  }

  static func manyResults(_ count: Int) -> Phrase {
    Phrase(
      "Of \(count) means the least and the greatest of each output over the points, with the point and its "
        + "values of the factors. As extremes of estimates they exaggerate how far the outputs range. All "
        + "means are in the view `summary` of the results file.",
      "共 \(count) 个均值，此处仅列各输出在各点中的最小值与最大值，以及所在的点和因素取值。"
        + "它们是估计值的极值，会夸大真实的变动范围。全部均值见结果文件的视图 `summary`。")
  }
}
