// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles

/// What holds of every model of a kind, because the program is made so: paragraphs of Markdown for items
/// of reporting standards.
struct EngineText {
  let kind: ExperimentPlan.ModelKind
  let language: Language

  func text(network: Phrase, region: Phrase) -> [String] {
    switch kind {
    case .network: [network.text(language)]
    case .region: [region.text(language)]
    }
  }

  var execution: [String] {
    [
      Phrase(
        """
        Next-event simulation. The clock counts whole microseconds. Events at the same instant are handled by \
        priority, then in the order in which they were scheduled, so a run does not depend on how the calendar \
        is kept. One run is one thread; replications run beside each other and share nothing that changes, so \
        results do not depend on the number of threads.
        """,
        """
        采用下次事件推进法。时钟以整微秒计。同一时刻的事件先按优先级、再按安排的先后处理，因此运行结果与事件表的\
        存储方式无关。每次运行占用一个线程；各次重复并行执行，互不共享可变数据，结果与线程数无关。
        """
      ).text(language)
    ]
  }

  var queues: [String] {
    text(
      network: Phrase(
        """
        Each resource has one line. Whoever is more urgent goes first, and within a priority who asked \
        first; a request for several units waits until all are free together and holds back those behind it. \
        A line may have a finite waiting room (who finds it full goes on \
        as the step says, or is lost), entities may balk before they join it or give up after a patience, \
        and a preemptive resource takes units from less urgent entities, whose work is resumed or begun again.
        """,
        """
        每种资源一条队列。紧急者优先，同一优先级内先到先得；一次申请多个单位者须等到全部同时空闲，其后者随之等候。\
        队列的等候区可设上限（满员时按该步骤的规定另行处理，或流失）；实体可在加入前止步，或在超过耐心时间后离队；\
        可抢占的资源会从不太紧急的实体处收回单位，其工作随后继续或重新开始。
        """),
      region: Phrase(
        """
        At each institution the doctors, exam rooms, acute beds and recovery beds have a line each: the more \
        urgent first (emergencies; where an agreement says so, those it sent), within a priority first come, \
        first served. Appointments at county hospitals are counted by the day, up to fourteen days \
        ahead; a patient who finds no bed waits for one, or goes elsewhere when the wait would be too long.
        """,
        """
        每家机构的医师、检查室、急性期床位与康复床位各有一条队列：紧急者优先（急症患者；协议另有规定时，由其转来者优先），\
        同一优先级内先到先得。县级医院的预约号源按日计，最多提前十四天；无床可住者候床，预计等候过久则另往他处。
        """))
  }

  var algorithms: [String] {
    text(
      network: Phrase(
        """
        *Arrivals.* Poisson arrivals, and those at rates that change by the hour or the week, are drawn by \
        inverting the integrated rate: exact, without thinning. Renewal arrivals are drawn interval by \
        interval; scheduled and recorded ones are taken as given. *Routing.* Steps of the pathways are \
        interpreted one by one; branches are drawn from one uniform number, conditions are looked at when \
        the entity is there. *Allocation.* A unit that comes free goes to the first in line at once.
        """,
        """
        *到达。*泊松到达（含随小时或星期变化的到达率）由累积到达率的反函数抽取，精确而无须稀疏化；更新到达逐个抽取间隔；\
        计划到达与实录到达按给定时刻。*流转。*逐步解释路径中的步骤；分支由一个均匀随机数决定，条件在实体到达该步时判断。\
        *分配。*空出的单位立即交给队首。
        """),
      region: Phrase(
        """
        *Needs.* Each need in each town is a Poisson process whose rate follows season, weekday, hour and \
        shocks; it befalls a resident drawn by age and condition. *Seeking and choice.* Institutions in reach \
        have utilities (the tier's constant, travel, believed wait, quality, habit, bill); care is sought \
        with a logistic probability of the logsum, and a nested logit with the tiers as nests chooses the \
        place; emergencies go to the nearest place that can treat them. *Visits.* Booking, registration, \
        doctor, exams and beds follow the pathway; beyond the institution's scope a patient is referred, \
        advised or fails. *Bills* are divided between patient and funds to the fen by scheme, tier, \
        deductible, ceiling and catalogue. *Beliefs.* Trust moves with each outcome; believed waits move \
        each midnight towards those of the day. *Policies* act on these mechanisms, never on an outcome.
        """,
        """
        *医疗需要。*各乡镇的每种需要为一个泊松过程，发生率随季节、星期、小时与冲击变化；发生在按年龄和病情抽取的居民身上。\
        *就诊与选择。*可达机构各有效用（层级常数、路程、预期等候、质量、习惯、费用）；是否就诊由对数和（logsum）的 logistic \
        概率决定，就诊地点由以层级为巢的巢式 logit 选择；急症送往最近的有救治能力的机构。*就诊过程。*预约、挂号、医师、检查与\
        床位依照路径进行；超出机构服务范围者转诊、建议上转或未获治疗。*费用*按参保类型、层级、起付线、封顶线和目录在患者与\
        基金之间分担，精确到分。*信念。*信任度随每次就诊结局变动；预期等候每日零时向当日实际等候调整。*政策*作用于上述机制，\
        从不直接设定结果。
        """))
  }

  var activities: [String] {
    text(
      network: Phrase(
        "Delays of the pathways, while an entity holds what it has seized; their lengths:",
        "路径中的各段时长，其间实体占用已取得的资源；时长如下："),
      region: Phrase(
        """
        Registration, consultation, examination, stays in acute and recovery beds, and travel. Their lengths \
        are lognormal or fixed, by care class and tier; a visit's steps stand in the base model logic.
        """,
        """
        挂号、诊疗、检查、急性期与康复期住院，以及路程。时长按医疗类别和层级取对数正态分布或定值；一次就诊的步骤见\
        “基础模型逻辑”。
        """))
  }
}
