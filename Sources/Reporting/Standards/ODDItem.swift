// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles

/// The items of ODD with the design concepts one by one, and those that ODD+D adds to them.
package enum ODDItem: String, CaseIterable, Sendable, StandardItem {
  case purpose = "1"
  case entities = "2"
  case processes = "3"
  case principles = "4.1"
  case emergence = "4.2"
  case adaptation = "4.3"
  case objectives = "4.4"
  case learning = "4.5"
  case prediction = "4.6"
  case sensing = "4.7"
  case interaction = "4.8"
  case stochasticity = "4.9"
  case collectives = "4.10"
  case observation = "4.11"
  case decisions = "4.12"
  case heterogeneity = "4.13"
  case initialisation = "5"
  case inputData = "6"
  case submodels = "7"
  case implementation = "8"

  package var heading: Phrase {
    switch self {
    case .purpose: Phrase("Purpose and patterns", "目的与模式")
    case .entities: Phrase("Entities, state variables and scales", "实体、状态变量与尺度")
    case .processes: Phrase("Process overview and scheduling", "过程概览与调度")
    case .principles:
      Phrase("Basic principles; theoretical and empirical background", "基本原理；理论与实证背景")
    case .emergence: Phrase("Emergence", "涌现")
    case .adaptation: Phrase("Adaptation", "适应")
    case .objectives: Phrase("Objectives", "目标")
    case .learning: Phrase("Learning", "学习")
    case .prediction: Phrase("Prediction", "预测")
    case .sensing: Phrase("Sensing", "感知")
    case .interaction: Phrase("Interaction", "相互作用")
    case .stochasticity: Phrase("Stochasticity", "随机性")
    case .collectives: Phrase("Collectives", "集体")
    case .observation: Phrase("Observation", "观测")
    case .decisions: Phrase("Individual decision-making (ODD+D)", "个体决策（ODD+D）")
    case .heterogeneity: Phrase("Heterogeneity (ODD+D)", "异质性（ODD+D）")
    case .initialisation: Phrase("Initialisation", "初始化")
    case .inputData: Phrase("Input data", "输入数据")
    case .submodels: Phrase("Submodels", "子模型")
    case .implementation: Phrase("Implementation details (ODD+D)", "实现细节（ODD+D）")
    }
  }

  var keys: [ModelDocumentation.Item] {
    switch self {
    case .purpose: [.purpose]
    case .entities: [.entities]
    case .processes: [.logic, .execution]
    case .principles: [.principles]
    case .emergence: [.emergence]
    case .adaptation: [.adaptation]
    case .objectives: [.objectives]
    case .learning: [.learning]
    case .prediction: [.prediction]
    case .sensing: [.sensing]
    case .interaction: [.interaction]
    case .stochasticity: [.stochasticity, .randomNumbers]
    case .collectives: [.collectives]
    case .observation: [.observation, .outputs]
    case .decisions: [.decisions]
    case .heterogeneity: [.heterogeneity]
    case .initialisation: [.initialisation]
    case .inputData: [.data, .inputs]
    case .submodels: [.submodels, .algorithms]
    case .implementation: [.implementation, .software, .sharing]
    }
  }

  var needsAuthor: Bool {
    switch self {
    case .purpose, .principles, .emergence: true
    default: false
    }
  }

  func generated(_ facts: StandardFacts) -> [String] {
    let engine = facts.engine
    return switch self {
    case .purpose: facts.description + facts.patterns
    case .entities: facts.entities + facts.resources + facts.scales
    case .processes: engine.execution + facts.baseLogic
    case .principles: engine.principles
    case .emergence: engine.emergence
    case .adaptation: engine.adaptation
    case .objectives: engine.objectives
    case .learning: engine.learning
    case .prediction: engine.prediction
    case .sensing: engine.sensing
    case .interaction: engine.interaction
    case .stochasticity: facts.randomSampling
    case .collectives: engine.collectives
    case .observation: facts.outputs
    case .decisions: engine.decisions
    case .heterogeneity: engine.heterogeneity
    case .initialisation: facts.initialisation
    case .inputData: facts.sources + facts.inputs
    case .submodels: engine.algorithms + facts.activities + engine.queues + facts.scenarioLogic
    case .implementation: facts.software + facts.system + facts.sharing
    }
  }
}
