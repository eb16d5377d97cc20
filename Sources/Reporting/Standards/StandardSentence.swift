// SPDX-License-Identifier: GPL-3.0-or-later

/// The sentences by which model, experiment and run are told under reporting standards.
package enum StandardSentence {
  /// Joins the parts of a list, as each language does.
  static func list(_ parts: [Phrase], english: String = ", ", chinese: String = "、") -> Phrase {
    Phrase(
      parts.map(\.english).joined(separator: english),
      parts.map(\.chinese).joined(separator: chinese))
  }

  // MARK: - Objectives and logic

  /// - Parameter points: Of a design over factors, where there is one.
  static func aims(_ scenarios: [String], against baseline: String, points: Int?) -> Phrase {
    let design = points.map {
      Phrase(" \($0) points of a design over factors.", "因素设计共 \($0) 个点。")
    }
    let (english, chinese) = (design?.english ?? "", design?.chinese ?? "")
    guard scenarios.count > 1 else {
      return Phrase("One configuration of the model." + english, "模型仅有一种配置。" + chinese)
    }
    return Phrase(
      "\(scenarios.count) scenarios (\(scenarios.joined(separator: ", "))), compared with \(baseline)."
        + english,
      "共 \(scenarios.count) 个方案（\(scenarios.joined(separator: "、"))），以“\(baseline)”为基准比较。" + chinese
    )
  }

  static func policyStart(_ day: String) -> Phrase {
    Phrase("Policies start on \(day).", "政策自\(day)起实施。")
  }

  static func diagram(_ path: String) -> Phrase {
    let command = "`yilian describe \(path) --format diagram --out diagram.svg`"
    return Phrase(
      "\(command) draws it; its text in the DOT language of Graphviz:",
      "\(command) 可绘出此图；其 Graphviz DOT 文本如下：")
  }

  static let oneScenario = Phrase("There is one scenario.", "仅有一个方案。")
  static let nothing = Phrase("Nothing.", "无改动。")

  // MARK: - Components

  static let oneClass = Phrase(
    "One class of entities, `customer`.", "只有一类实体，即 `customer`。")
  static let entities = Phrase(
    """
    *Residents*, each with village, age, scheme, chronic conditions and contract (fixed), and trust in each \
    tier, habit, refills due and the year's insurance account (changing). *Institutions*, each with tier, \
    place, staff, rooms and beds, and changing skill, believed waits, slots and experts. *The region*: \
    policies in force, budgets and ledgers.
    """,
    """
    *居民*：所在村、年龄、参保类型、慢病与签约（固定），对各层级的信任度、就医习惯、到期续方与本年度医保账户（可变）。\
    *机构*：层级、地点、人员、诊室与床位，以及可变的技能、预期等候、号源与专家。*区域*：生效的政策、预算与账目。
    """)

  static func rows(_ count: Int, columns: [String]) -> Phrase {
    let names = columns.map { "`\($0)`" }.joined(separator: ", ")
    return Phrase("\(count) rows: \(names)", "\(count) 行：\(names)")
  }
  static func values(_ count: Int) -> Phrase { Phrase("\(count) values", "\(count) 个数值") }

  static func scales(_ length: Phrase, isRegion: Bool) -> Phrase {
    let space =
      isRegion
      ? Phrase(
        "Villages and towns by their coordinates; places outside the region by what they offer.",
        "村与乡镇按坐标；区域外的去处按其所提供的服务。")
      : Phrase("None: resources are one place.", "无：各资源在同一处。")
    return Phrase(
      "Time: \(length.english). Space: \(space.english)", "时间：\(length.chinese)。空间：\(space.chinese)"
    )
  }

  static let regionResources = Phrase(
    "Doctors by weekday, exam rooms, acute and recovery beds of each institution:",
    "各机构按星期的医师数、检查室、急性期与康复床位：")

  static func leaving(_ reasons: [String]) -> Phrase {
    let names = reasons.map { "`\($0)`" }
    return Phrase(
      "Entities leave as: \(names.joined(separator: ", ")).",
      "实体离开的方式：\(names.joined(separator: "、"))。")
  }

  static let regionEntry = Phrase(
    """
    Nobody enters or leaves the region: its residents are there throughout. A visit begins with a need, a \
    refill due, a follow-up or a referral, and ends at home, in another institution's care, or outside \
    the region.
    """,
    """
    无人迁入或迁出本区域，居民始终在其中。一次就诊始于医疗需要、到期续方、随访或转诊，止于回家、转由其他机构诊治或去往区域外。
    """)

  // MARK: - Data

  /// - Parameter kinds: Counts by kind of evidence.
  static func evidence(_ total: Int, _ kinds: [Phrase], withoutSource: String) -> Phrase {
    let list = list(kinds)
    return Phrase(
      "\(total) values: \(list.english). \(withoutSource) % cite no source.",
      "共 \(total) 个数值：\(list.chinese)。其中 \(withoutSource) % 未注明来源。")
  }

  static func eachValue(_ path: String) -> Phrase {
    let command = "`yilian describe \(path) --format parameters`"
    return Phrase(
      "Each value with its own line: \(command). Columns of tables stand here as one.",
      "逐项列出全部数值：\(command)。此处表格按列合并。")
  }

  // MARK: - Experimentation

  static func runSettings(_ settings: [Phrase]) -> Phrase {
    let list = list(settings, english: "; ", chinese: "；")
    return Phrase(
      "Run settings, with defaults that were used: \(list.english).",
      "运行设置（含所用默认值）：\(list.chinese)。")
  }

  static func start(_ day: String?) -> Phrase {
    Phrase(
      "start \(day ?? "a Monday, 00:00")", day.map { "起点 \($0)" } ?? "起点为某周一 00:00")
  }
  static func warmUp(_ span: Phrase) -> Phrase {
    Phrase("warm-up \(span.english)", "预热期 \(span.chinese)")
  }
  static func length(_ span: Phrase) -> Phrase {
    Phrase("length \(span.english)", "长度 \(span.chinese)")
  }
  static func replications(_ count: Int, isLeast: Bool) -> Phrase {
    Phrase(
      "replications \(count)\(isLeast ? " at least" : "")",
      "重复\(isLeast ? "至少" : "") \(count) 次")
  }
  static func seed(_ seed: String) -> Phrase { Phrase("seed \(seed)", "随机种子 \(seed)") }
  static func randomNumbers(isCommon: Bool) -> Phrase {
    Phrase(
      "random numbers \(isCommon ? "common" : "independent")", isCommon ? "共用随机数" : "独立随机数")
  }
  static func batches(_ count: Int) -> Phrase { Phrase("batches \(count)", "批次 \(count) 个") }
  static func untilCompleted(_ count: Int) -> Phrase {
    Phrase("until completed \(count)", "完成 \(count) 个为止")
  }
  static func set(_ settings: String) -> Phrase { Phrase("set: \(settings)", "设定：\(settings)") }

  static func initialisation(isRegion: Bool, warmUp: Phrase?) -> Phrase {
    let state =
      isRegion
      ? Phrase(
        """
        A run begins with the residents drawn from the shares of the model (ages of each town in exact quotas), \
        trust and beliefs at their starting values, and empty queues and beds.
        """,
        "运行开始时，居民按模型给定的构成抽取（各乡镇年龄按精确配额），信任度与信念取初值，队列与床位均空。")
      : Phrase(
        "A run begins empty, with all resources as their calendars say at time 0.",
        "运行自空系统开始，各资源按其日历在零时的状态。")
    let statistics =
      warmUp.map {
        Phrase(
          "Statistics begin after a warm-up of \($0.english); what is present then goes on.",
          "统计自 \($0.chinese)预热期之后开始，届时系统内的一切继续进行。")
      }
      ?? Phrase(
        "There is no warm-up: statistics begin at once, as of a terminating system.",
        "不设预热期：按终止型系统自始统计。")
    return Phrase(
      "\(state.english) \(statistics.english) Whoever is unfinished at the end counts as each output's "
        + "formula says.",
      "\(state.chinese)\(statistics.chinese)结束时尚未完成者按各项输出的计算方法计入。")
  }

  static func runLength(
    _ length: Phrase, warmUp: Phrase, batches: Int?, completed: Int?
  ) -> Phrase {
    Phrase(
      length.english + (batches.map { " each, \($0) batches of one run" } ?? "")
        + " after the warm-up of \(warmUp.english)"
        + (completed.map { ", or until \($0) have left completed" } ?? ""),
      "预热期 \(warmUp.chinese)之后"
        + (batches.map { "每批 \(length.chinese)，一次长运行共 \($0) 批" } ?? " \(length.chinese)")
        + (completed.map { "，或至 \($0) 个实体完成离开为止" } ?? ""))
  }

  static func runLength(_ length: Phrase, from start: String?, policies: String?) -> Phrase {
    Phrase(
      length.english + (start.map { ", from \($0)" } ?? "")
        + (policies.map { "; policies start on \($0), from which outputs are taken" } ?? "") + ".",
      length.chinese + (start.map { "，自 \($0) 起" } ?? "")
        + (policies.map { "；政策自 \($0) 起实施，输出自该日起统计" } ?? "") + "。")
  }

  static func pairing(isCommon: Bool) -> Phrase {
    isCommon
      ? Phrase(
        "Scenarios share their random numbers, and differences are taken pair by pair.",
        "各方案共用随机数，差值逐对计算。")
      : Phrase("Scenarios have random numbers of their own.", "各方案使用独立随机数。")
  }

  static func estimation(_ count: Int, isBatched: Bool, hasPoints: Bool) -> Phrase {
    Phrase(
      "\(count) \(isBatched ? "batches of one long run" : "independent replications") of each scenario"
        + (hasPoints ? " at each point of the design" : "")
        + "; means with 95 % confidence intervals by Student's t.",
      "每个方案" + (hasPoints ? "在设计的每个点" : "")
        + (isBatched ? "一次长运行分为 \(count) 个批次" : "独立重复 \(count) 次")
        + "；报告均值及 95 % 置信区间（Student t）。")
  }

  /// - Parameter pairs: How many there would be; `nil` where that was not given.
  static func stored(_ count: Int, ofPairs pairs: Int?) -> Phrase {
    Phrase(
      "Stored in the results file: \(count)"
        + (pairs.map { " of \($0) pairs of scenario and replication." } ?? " replications."),
      "结果文件中已存：" + (pairs.map { "方案与重复的 \($0) 个组合中的 \(count) 个。" } ?? "\(count) 次重复。"))
  }

  // MARK: - Implementation and sharing

  static func software(_ version: String) -> Phrase {
    Phrase(
      "Yilian \(version), written in Swift 6; GNU Scientific Library for distributions and special "
        + "functions; SQLite for results. Free software, GPL-3.0-or-later.",
      "医联（Yilian）\(version)，以 Swift 6 编写；概率分布与特殊函数用 GNU Scientific Library，结果存储用 SQLite。"
        + "自由软件，许可证 GPL-3.0-or-later。")
  }

  static func randomSampling(seed: String, isCommon: Bool) -> Phrase {
    Phrase(
      """
      Philox 4×64, a counter-based generator. Each variate has a key (seed, replication, purpose, owner, \
      episode, number) and hangs on nothing else, so a patient has the same draws in every scenario, and an \
      added class or output changes no other draw. Seed \(seed); the replication's number is part of \
      the key; \(isCommon ? "scenarios share their keys (common random numbers)" : "so is the scenario's").
      """,
      """
      Philox 4×64 计数器型发生器。每个随机数由其键（种子、重复号、用途、所属者、就诊经过、序号）唯一决定，与他者无关；\
      因此同一患者在各方案中的抽取相同，新增类别或输出不改变其他抽取。种子 \(seed)；重复号为键的一部分；\
      \(isCommon ? "各方案的键相同（公共随机数）" : "方案号亦然")。
      """)
  }

  static func run(_ command: String, probe: String) -> Phrase {
    Phrase(
      "The run: `\(command)`; digest of its machine's mathematical functions `\(probe)`.",
      "运行命令：`\(command)`；所用机器数学函数摘要 `\(probe)`。")
  }

  static func machine(_ system: String, processors: Int, memory: String) -> Phrase {
    Phrase(
      "This description was printed on \(system), \(processors) processors, \(memory) GiB.",
      "本说明生成于 \(system)，\(processors) 个处理器，内存 \(memory) GiB。")
  }

  static func digests(_ model: String, experiment: String?, command: String) -> Phrase {
    Phrase(
      "Digest of the model's files `\(model)`"
        + (experiment.map { ", of the experiment's `\($0)`" } ?? "")
        + ". \(command) runs it again, from the files alone and bit for bit.",
      "模型文件摘要 `\(model)`" + (experiment.map { "，实验文件摘要 `\($0)`" } ?? "")
        + "。\(command) 可仅凭这些文件重新运行，结果逐位一致。")
  }

  // MARK: - Texts of the author

  /// Said once, where some of them are not in the reader's language.
  package static let otherLanguage = Phrase(
    "What the author of the model wrote in another language, citations and notes among it, stands as it was "
      + "written.",
    "模型作者的文字中未译成中文者（含来源引文与数值说明）以原文列出。")

  // MARK: - Time

  /// A length of time in a unit as files write it: `365 d`, `365 天`.
  static func span(_ value: String, unit: String) -> Phrase {
    let words = [
      "s": "秒", "min": "分钟", "h": "小时", "d": "天", "week": "周",
    ]
    return Phrase("\(value) \(unit)", "\(value) \(words[unit] ?? unit)")
  }
}
