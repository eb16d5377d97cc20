// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles

/// The items of STRESS-DES, in order.
package enum STRESSItem: String, CaseIterable, Sendable, StandardItem {
  case purpose = "1.1"
  case outputs = "1.2"
  case aims = "1.3"
  case diagram = "2.1"
  case baseLogic = "2.2"
  case scenarioLogic = "2.3"
  case algorithms = "2.4"
  case entities = "2.5.1"
  case activities = "2.5.2"
  case resources = "2.5.3"
  case queues = "2.5.4"
  case entryAndExit = "2.5.5"
  case dataSources = "3.1"
  case preProcessing = "3.2"
  case inputs = "3.3"
  case assumptions = "3.4"
  case initialisation = "4.1"
  case runLength = "4.2"
  case estimation = "4.3"
  case software = "5.1"
  case randomSampling = "5.2"
  case execution = "5.3"
  case system = "5.4"
  case sharing = "6.1"

  package var heading: Phrase {
    switch self {
    case .purpose: Phrase("Purpose of the model", "模型目的")
    case .outputs: Phrase("Model outputs", "模型输出")
    case .aims: Phrase("Experimentation aims", "实验目的")
    case .diagram: Phrase("Base model overview diagram", "基础模型示意图")
    case .baseLogic: Phrase("Base model logic", "基础模型逻辑")
    case .scenarioLogic: Phrase("Scenario logic", "方案逻辑")
    case .algorithms: Phrase("Algorithms", "算法")
    case .entities: Phrase("Components: entities", "组成：实体")
    case .activities: Phrase("Components: activities", "组成：活动")
    case .resources: Phrase("Components: resources", "组成：资源")
    case .queues: Phrase("Components: queues", "组成：队列")
    case .entryAndExit: Phrase("Components: entry and exit points", "组成：进入点与离开点")
    case .dataSources: Phrase("Data sources", "数据来源")
    case .preProcessing: Phrase("Pre-processing", "数据预处理")
    case .inputs: Phrase("Input parameters", "输入参数")
    case .assumptions: Phrase("Assumptions", "假设")
    case .initialisation: Phrase("Initialisation", "初始化")
    case .runLength: Phrase("Run length", "运行长度")
    case .estimation: Phrase("Estimation approach", "估计方法")
    case .software: Phrase("Software or programming language", "软件或编程语言")
    case .randomSampling: Phrase("Random sampling", "随机抽样")
    case .execution: Phrase("Model execution", "模型执行")
    case .system: Phrase("System specification", "系统配置")
    case .sharing: Phrase("Computer model sharing statement", "计算机模型共享声明")
    }
  }

  /// What the author may say of it.
  var keys: [ModelDocumentation.Item] {
    switch self {
    case .purpose: [.purpose]
    case .outputs: [.outputs]
    case .aims: [.aims]
    case .diagram: [.diagram]
    case .baseLogic: [.logic]
    case .scenarioLogic: [.scenarioLogic]
    case .algorithms: [.algorithms]
    case .entities: [.entities]
    case .activities: [.activities]
    case .resources: [.resources]
    case .queues: [.queues]
    case .entryAndExit: [.entryAndExit]
    case .dataSources: [.data]
    case .preProcessing: [.preProcessing]
    case .inputs: [.inputs]
    case .assumptions: [.assumptions]
    case .initialisation: [.initialisation]
    case .runLength: [.runLength]
    case .estimation: [.estimation]
    case .software: [.software]
    case .randomSampling: [.randomNumbers]
    case .execution: [.execution]
    case .system: [.system]
    case .sharing: [.sharing]
    }
  }

  var needsAuthor: Bool {
    switch self {
    case .purpose, .aims, .preProcessing, .assumptions, .sharing: true
    default: false
    }
  }

  func generated(_ facts: StandardFacts) -> [String] {
    switch self {
    case .purpose: facts.description
    case .outputs: facts.outputs + facts.results
    case .aims: facts.aims
    case .diagram: facts.diagram
    case .baseLogic: facts.baseLogic
    case .scenarioLogic: facts.scenarioLogic
    case .algorithms: facts.engine.algorithms
    case .entities: facts.entities
    case .activities: facts.activities
    case .resources: facts.resources
    case .queues: facts.engine.queues
    case .entryAndExit: facts.entryAndExit
    case .dataSources: facts.sources
    case .preProcessing: facts.derivedValues
    case .inputs: facts.inputs
    case .assumptions: facts.assumedValues
    case .initialisation: facts.initialisation
    case .runLength: facts.runLength
    case .estimation: facts.estimation
    case .software: facts.software
    case .randomSampling: facts.randomSampling
    case .execution: facts.engine.execution
    case .system: facts.system
    case .sharing: facts.sharing
    }
  }
}
