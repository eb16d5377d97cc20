// SPDX-License-Identifier: GPL-3.0-or-later

/// The words of a report on a page.
package enum PagePhrase: CaseIterable, Sendable {
  case contents, mainFindings, findings, charts, tables, assumptions, known, methods, provenance
  case uncertainty, sensitivity, sweep, explanation, search, selection, twins, economics
  case economicsBy, notExamined, examineBy, unreadable, knownNote, methodsNote, noChart
  case key, value, version, seed, experiment, model, modelDigest, experimentDigest, probe, command
  case again, licence, file, sources, written, question, allFindings, inWords

  package func text(_ language: Language) -> String { phrase.text(language) }

  package static func title(of kind: ReportFile.Kind) -> PagePhrase {
    switch kind {
    case .scenarios: .tables
    case .uncertainty: .uncertainty
    case .sensitivity: .sensitivity
    case .sweep: .sweep
    case .explanation: .explanation
    case .search: .search
    case .selection: .selection
    case .twins: .twins
    }
  }

  package var phrase: Phrase {
    switch self {
    case .contents: Phrase("Contents", "目录")
    case .mainFindings: Phrase("Main findings", "主要结论")
    case .findings: Phrase("Findings", "结论")
    case .allFindings: Phrase("All findings", "全部结论")
    case .charts: Phrase("Charts", "图")
    case .inWords: Phrase("The same in numbers", "图中数据")
    case .tables: Phrase("Tables", "表")
    case .assumptions:
      Phrase("What was assumed, and what would turn the answer", "模型假设及可能改变结论的因素")
    case .known: Phrase("The baseline beside what is known", "基准方案与已知数据对照")
    case .methods: Phrase("Methods (STRESS-DES)", "方法（STRESS-DES 报告规范）")
    case .provenance: Phrase("Where it comes from", "结果来源")
    case .uncertainty: Phrase("How sure the effects are, over the assumptions", "假设变动下效果的可靠程度")
    case .sensitivity: Phrase("Which factors move the results", "影响结果的因素")
    case .sweep: Phrase("Results over the design", "各设计点的结果")
    case .explanation: Phrase("What each lever brings", "各项措施的贡献")
    case .search: Phrase("What it takes to reach the targets", "达到目标所需的措施")
    case .selection: Phrase("The best scenario", "最优方案")
    case .twins: Phrase("Who gains and who loses", "谁受益、谁受损")
    case .economics: Phrase("What it costs and what it brings", "成本与效果")
    case .economicsBy:
      Phrase(
        "Another effect, what one unit of it is worth, one purse alone and discounting are told by:",
        "如需其他效果指标、单位效果的支付意愿、单一视角或贴现，可用：")
    case .notExamined:
      Phrase(
        "It was not examined which assumptions would turn the answer: every number of the model stood at "
          + "its stated value.",
        "尚未检验哪些假设会改变结论：模型中的各项数值均取给定值。")
    case .examineBy:
      Phrase(
        "This command varies all assumptions over their ranges; its results file, given to yilian report as "
          + "well, fills this section:",
        "以下命令在各自范围内变动全部假设；将其结果文件一并交给 yilian report，即可补全本节：")
    case .unreadable:
      Phrase(
        "The model that the file carries cannot be read by this version, so its methods are not told:",
        "结果文件所附模型无法由本版本读取，故未列出方法：")
    case .knownNote:
      Phrase(
        "Numbers that were fitted agree by construction; only those that were not fitted test the model.",
        "拟合项的一致由构造而来；只有未拟合项才能检验模型。")
    case .methodsNote:
      Phrase(
        "Every item of the checklist for discrete-event simulation (Monks and others, 2019), from the model, "
          + "its documentation and the run.",
        "按离散事件仿真报告清单（Monks 等，2019）逐项列出，内容来自模型、说明文件与本次运行。")
    case .noChart: Phrase("The file has nothing that can be drawn.", "该文件没有可绘制的图。")
    case .key: Phrase("What", "项目")
    case .value: Phrase("value", "内容")
    case .version: Phrase("Version of Yilian", "Yilian 版本")
    case .seed: Phrase("Seed", "随机种子")
    case .experiment: Phrase("Experiment", "实验")
    case .model: Phrase("Model", "模型")
    case .modelDigest: Phrase("Digest of the model's files", "模型文件摘要")
    case .experimentDigest: Phrase("Digest of the experiment's file", "实验文件摘要")
    case .probe: Phrase("Digest of the machine's mathematical functions", "机器数学函数摘要")
    case .command: Phrase("Made by", "生成命令")
    case .again: Phrase("Runs again, and compares bit for bit", "重新运行并逐位比较")
    case .licence: Phrase("Licence of the data", "数据许可")
    case .file: Phrase("Results file", "结果文件")
    case .sources: Phrase("Sources", "数据来源")
    case .written: Phrase("This report", "本报告")
    case .question: Phrase("Question", "问题")
    }
  }
}
