// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles

/// What holds of every model of a kind, because the program is made so: paragraphs of Markdown for items
/// of reporting standards.
struct EngineText {
  let kind: ExperimentPlan.ModelKind

  private func text(network: String, region: String) -> [String] {
    switch kind {
    case .network: [network]
    case .region: [region]
    }
  }

  var execution: [String] {
    [
      """
      Next-event simulation. The clock counts whole microseconds. Events at the same instant are handled by \
      priority, then in the order in which they were scheduled, so a run does not depend on how the calendar \
      is kept. One run is one thread; replications run beside each other and share nothing that changes, so \
      results do not depend on the number of threads.
      """
    ]
  }

  var queues: [String] {
    text(
      network: """
        Each resource has one line. Whoever is more urgent goes first, and within a priority who asked \
        first; a request for several units waits until all are free together and holds back those behind it. \
        A line may have a finite waiting room (who finds it full goes on \
        as the step says, or is lost), entities may balk before they join it or give up after a patience, \
        and a preemptive resource takes units from less urgent entities, whose work is resumed or begun again.
        """,
      region: """
        At each institution the doctors, exam rooms, acute beds and recovery beds have a line each: the more \
        urgent first (emergencies; where an agreement says so, those it sent), within a priority first come, \
        first served. Appointments at county hospitals are counted by the day, up to fourteen days \
        ahead; a patient who finds no bed waits for one, or goes elsewhere when the wait would be too long.
        """)
  }

  var algorithms: [String] {
    text(
      network: """
        *Arrivals.* Poisson arrivals, and those at rates that change by the hour or the week, are drawn by \
        inverting the integrated rate: exact, without thinning. Renewal arrivals are drawn interval by \
        interval; scheduled and recorded ones are taken as given. *Routing.* Steps of the pathways are \
        interpreted one by one; branches are drawn from one uniform number, conditions are looked at when \
        the entity is there. *Allocation.* A unit that comes free goes to the first in line at once.
        """,
      region: """
        *Needs.* Each need in each town is a Poisson process whose rate follows season, weekday, hour and \
        shocks; it befalls a resident drawn by age and condition. *Seeking and choice.* Institutions in reach \
        have utilities (the tier's constant, travel, believed wait, quality, habit, bill); care is sought \
        with a logistic probability of the logsum, and a nested logit with the tiers as nests chooses the \
        place; emergencies go to the nearest place that can treat them. *Visits.* Booking, registration, \
        doctor, exams and beds follow the pathway; beyond the institution's scope a patient is referred, \
        advised or fails. *Bills* are divided between patient and funds to the fen by scheme, tier, \
        deductible, ceiling and catalogue. *Beliefs.* Trust moves with each outcome; believed waits move \
        each midnight towards those of the day. *Policies* act on these mechanisms, never on an outcome.
        """)
  }

  var activities: [String] {
    text(
      network: "Delays of the pathways, while an entity holds what it has seized; their lengths:",
      region: """
        Registration, consultation, examination, stays in acute and recovery beds, and travel. Their lengths \
        are lognormal or fixed, by care class and tier; a visit's steps stand in the base model logic.
        """)
  }

  // MARK: - Design concepts

  var principles: [String] {
    text(
      network: "A network of queues: waits come from arrivals, service and capacity alone.",
      region: """
        Random utility (nested logit) for where care is sought, adaptive expectations for trust and waits, \
        queueing for doctors, rooms and beds, and accounting identities for money.
        """)
  }

  var emergence: [String] {
    text(
      network:
        "Waits, queue lengths, occupancy and throughput emerge; rates, lengths and branches are given.",
      region: """
        Shares of visits by tier, referrals, waits, occupancy, spending by payer and unmet need emerge from \
        choice, capacity and beliefs; nothing that a policy is meant to change is set.
        """)
  }

  var adaptation: [String] {
    text(
      network: """
        Entities adapt only where their pathway says so: they balk, give up, or branch on a condition about \
        the state.
        """,
      region: """
        Residents choose anew at each need, with the trust, waits and prices they then know. Institutions \
        adapt the intensity of care to how they are paid where a payment policy is in force.
        """)
  }

  var objectives: [String] {
    text(
      network: "Entities have none; they follow their pathway.",
      region: """
        Residents weigh travel, wait, quality and money in one utility, with weights by income where the model \
        states them. Experts weigh allowances and lost income against a posting where that policy is in force.
        """)
  }

  var learning: [String] {
    text(
      network: "None: an entity's attributes change only as steps assign them.",
      region: """
        Trust in a tier moves by a share towards each outcome met there; institutions' skill moves with \
        teaching and practice where policies bring them. The rules do not change in a run.
        """)
  }

  var prediction: [String] {
    text(
      network: "None, but for balking on the length of a line.",
      region: """
        Residents expect the wait that an institution had of late, and the bill that their scheme would divide \
        with what is left of this year's account; they do not foresee changes of policy.
        """)
  }

  var sensing: [String] {
    text(
      network:
        "Conditions may read queue lengths, free units, the clock and the entity's own attributes, without error.",
      region: """
        Residents know distance, price and their own trust exactly, and waits as they were up to yesterday \
        (delayed, smoothed). They sense quality through trust and the tier's reputation, not as it is. \
        Doctors recognise what is beyond their scope with a probability.
        """)
  }

  var interaction: [String] {
    text(
      network:
        "Through resources: who holds a unit makes others wait. Entities may start others and wait for them.",
      region: """
        Residents interact through crowding (waits, slots, beds) and through what they spend of a common \
        budget; institutions through referral, step-down, shared experts, exams and funds.
        """)
  }

  var collectives: [String] {
    text(
      network: "Classes of entities share arrival rates, priorities and branches.",
      region: """
        Towns (the same offers and distances), schemes, chronic conditions, and alliances of institutions, which \
        share staff, slots, money or records as their terms say.
        """)
  }

  var decisions: [String] {
    text(
      network: """
        Who decides: entities, at steps with a condition, a patience or a limit of the line. On what: the state \
        at that instant. How: by the stated rule, with a stated probability; there is no optimisation.
        """,
      region: """
        Who decides: residents (whether and where to seek care, whether to accept a referral or a step-down), \
        doctors (to treat, refer or keep), institutions (intensity, under payment policies) and experts \
        (to serve, under rotation). What they sense: see *sensing*. Objective: the utility of the offers, \
        maximised with a random term (nested logit), bounded by what is within reach and open. Learning: see \
        *learning*. Social norms and imitation are not modelled; place enters through travel, time through \
        hours, days and seasons. Uncertainty is not priced: expected waits and bills count as certain.
        """)
  }

  var heterogeneity: [String] {
    text(
      network:
        "Entities differ by class, attributes and draws; resources by capacity, calendar and rules.",
      region: """
        Residents differ by village, age, scheme, income, chronic conditions, contract, trust and habit; \
        institutions by tier, place, staff, beds, rooms, scope, skill, prices and hours.
        """)
  }
}
