// SPDX-License-Identifier: GPL-3.0-or-later

/// The design concepts of ODD and ODD+D, as every model of a kind has them.
extension EngineText {
  var principles: [String] {
    text(
      network: Phrase(
        "A network of queues: waits come from arrivals, service and capacity alone.",
        "排队网络：等候仅由到达、服务与容量决定。"),
      region: Phrase(
        """
        Random utility (nested logit) for where care is sought, adaptive expectations for trust and waits, \
        queueing for doctors, rooms and beds, and accounting identities for money.
        """,
        "就诊地点依随机效用（巢式 logit）；信任与等候依适应性预期；医师、检查室和床位依排队；资金依会计恒等式。"))
  }

  var emergence: [String] {
    text(
      network: Phrase(
        "Waits, queue lengths, occupancy and throughput emerge; rates, lengths and branches are given.",
        "等待时间、队长、占用量和产出率由模型涌现；到达率、时长和分支概率为给定。"),
      region: Phrase(
        """
        Shares of visits by tier, referrals, waits, occupancy, spending by payer and unmet need emerge from \
        choice, capacity and beliefs; nothing that a policy is meant to change is set.
        """,
        "各层级就诊占比、转诊、等候、床位使用率、各方支出与未满足的需要由选择、容量和信念涌现；政策意在改变的结果均不预先设定。"))
  }

  var adaptation: [String] {
    text(
      network: Phrase(
        """
        Entities adapt only where their pathway says so: they balk, give up, or branch on a condition about \
        the state.
        """,
        "实体仅在路径规定之处适应：止步、放弃等候，或依状态条件改走另一分支。"),
      region: Phrase(
        """
        Residents choose anew at each need, with the trust, waits and prices they then know. Institutions \
        adapt the intensity of care to how they are paid where a payment policy is in force.
        """,
        "居民每有需要便重新选择，依据当时所知的信任、等候与价格。支付政策生效时，机构按支付方式调整诊疗强度。"))
  }

  var objectives: [String] {
    text(
      network: Phrase(
        "Entities have none; they follow their pathway.", "实体没有目标，只依路径行事。"),
      region: Phrase(
        """
        Residents weigh travel, wait, quality and money in one utility, with weights by income where the model \
        states them. Experts weigh allowances and lost income against a posting where that policy is in force.
        """,
        "居民以同一效用权衡路程、等候、质量与费用；模型给出时，权重随收入而异。下派政策生效时，专家在补助与收入损失之间权衡是否下派。"))
  }

  var learning: [String] {
    text(
      network: Phrase(
        "None: an entity's attributes change only as steps assign them.",
        "无：实体属性仅由步骤赋值改变。"),
      region: Phrase(
        """
        Trust in a tier moves by a share towards each outcome met there; institutions' skill moves with \
        teaching and practice where policies bring them. The rules do not change in a run.
        """,
        "对某层级的信任度按一定比例向在该处的每次就诊结局移动；政策带来带教与实践时，机构技能随之变化。规则在一次运行中不变。"))
  }

  var prediction: [String] {
    text(
      network: Phrase(
        "None, but for balking on the length of a line.", "无；仅在依队长止步时有所预判。"),
      region: Phrase(
        """
        Residents expect the wait that an institution had of late, and the bill that their scheme would divide \
        with what is left of this year's account; they do not foresee changes of policy.
        """,
        "居民预期机构近期的等候时间，以及按其参保类型和本年度账户余额计算的费用；不预见政策变化。"))
  }

  var sensing: [String] {
    text(
      network: Phrase(
        "Conditions may read queue lengths, free units, the clock and the entity's own attributes, without error.",
        "条件可读取队长、空闲单位数、时钟和实体自身属性，均无误差。"),
      region: Phrase(
        """
        Residents know distance, price and their own trust exactly, and waits as they were up to yesterday \
        (delayed, smoothed). They sense quality through trust and the tier's reputation, not as it is. \
        Doctors recognise what is beyond their scope with a probability.
        """,
        "居民准确知道距离、价格与自身的信任度；等候则只知截至前一日的情况（有滞后、经平滑）。质量通过信任与层级声誉感知，而非其实际水平。医师以一定概率识别超出自身服务范围的病情。"))
  }

  var interaction: [String] {
    text(
      network: Phrase(
        "Through resources: who holds a unit makes others wait. Entities may start others and wait for them.",
        "通过资源相互作用：占用单位者使他人等候。实体可派生其他实体并等待其完成。"),
      region: Phrase(
        """
        Residents interact through crowding (waits, slots, beds) and through what they spend of a common \
        budget; institutions through referral, step-down, shared experts, exams and funds.
        """,
        "居民通过拥挤（等候、号源、床位）和共同预算的使用相互影响；机构通过转诊、下转、共享专家、检查检验与资金相互影响。"))
  }

  var collectives: [String] {
    text(
      network: Phrase(
        "Classes of entities share arrival rates, priorities and branches.",
        "同类实体的到达率、优先级和分支相同。"),
      region: Phrase(
        """
        Towns (the same offers and distances), schemes, chronic conditions, and alliances of institutions, which \
        share staff, slots, money or records as their terms say.
        """,
        "乡镇（可选机构与距离相同）、参保类型、慢病，以及机构组成的医联体：按其约定共享人员、号源、资金或病历。"))
  }

  var decisions: [String] {
    text(
      network: Phrase(
        """
        Who decides: entities, at steps with a condition, a patience or a limit of the line. On what: the state \
        at that instant. How: by the stated rule, with a stated probability; there is no optimisation.
        """,
        "决策者：处于带有条件、耐心时间或队列上限的步骤的实体。依据：当时的状态。方式：按给定规则与给定概率；不作优化。"),
      region: Phrase(
        """
        Who decides: residents (whether and where to seek care, whether to accept a referral or a step-down), \
        doctors (to treat, refer or keep), institutions (intensity, under payment policies) and experts \
        (to serve, under rotation). What they sense: see *sensing*. Objective: the utility of the offers, \
        maximised with a random term (nested logit), bounded by what is within reach and open. Learning: see \
        *learning*. Social norms and imitation are not modelled; place enters through travel, time through \
        hours, days and seasons. Uncertainty is not priced: expected waits and bills count as certain.
        """,
        """
        决策者：居民（是否就诊、去何处、是否接受转诊或下转），医师（治疗、转诊或留治），机构（支付政策下的诊疗强度）和专家\
        （下派制度下是否服务）。所感知者：见“感知”。目标：各选项的效用，含随机项取最大（巢式 logit），限于可达且开放的机构。\
        学习：见“学习”。未模拟社会规范与模仿；空间通过路程起作用，时间通过小时、星期与季节起作用。不计风险价格：预期等候与\
        预期费用均视为确定。
        """))
  }

  var heterogeneity: [String] {
    text(
      network: Phrase(
        "Entities differ by class, attributes and draws; resources by capacity, calendar and rules.",
        "实体因类别、属性和随机抽取而异；资源因容量、日历和规则而异。"),
      region: Phrase(
        """
        Residents differ by village, age, scheme, income, chronic conditions, contract, trust and habit; \
        institutions by tier, place, staff, beds, rooms, scope, skill, prices and hours.
        """,
        "居民因所在村、年龄、参保类型、收入、慢病、签约、信任与习惯而异；机构因层级、地点、人员、床位、检查室、服务范围、技能、价格与开放时间而异。"))
  }
}
