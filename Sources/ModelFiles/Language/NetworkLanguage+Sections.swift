// SPDX-License-Identifier: GPL-3.0-or-later

extension NetworkLanguage {
  static let top = LanguageTable(
    name: "model", title: "Every section",
    note: "The top level of `model.yaml`, and of the parts that it names.",
    entries: [
      .init("kind", "`network`", "what the folder describes", "kind: network"),
      .init(
        "name", "text", "what results call the model", absent: "the folder's name", "name: clinic"),
      .init("title", "text", "for people", absent: "none", "title: A walk-in clinic"),
      .init("title-zh", "text", "the same in Chinese", absent: "none", "title-zh: 门诊"),
      .init("description", "text", "for people", absent: "none", "description: As in 2019."),
      .init(
        "description-zh", "text", "the same in Chinese", absent: "none", "description-zh: 同2019年。"),
      .init(
        "documentation", "section", "what reporting standards ask the author for", absent: "none",
        "documentation: {purpose: To staff the clinic.}"),
      .init(
        "time-unit", "`s`, `min`, `h`, `d` or `week`",
        "the unit of reported times and rates, and of numbers without unit in expressions",
        "time-unit: min"),
      .init(
        "priorities", "list of 1 to 16 names", "names of priorities, the most urgent first",
        absent: "priorities are numbers: 1, the most urgent, to 16", "priorities: [urgent, normal]"),
      .init(
        "classes", "section of classes by name", "kinds of entities",
        absent: "one class, `customer`", "classes: {adult: {}, child: {}}"),
      .init(
        "attributes", "section of attributes by name", "numbers that each entity carries along",
        absent: "none", "attributes: {age: {normal: {mean: 60, sd: 12}}}"),
      .init(
        "arrivals", "section of sources by name", "who comes, when, and on which pathway",
        "arrivals: {door: {pathway: visit, poisson: {rate: 5 /h}}}"),
      .init(
        "resources", "section of resources by name; `{}` for none",
        "what entities wait for and hold",
        "resources: {doctor: {capacity: 2}}"),
      .init(
        "durations", "section of lengths of time by name",
        "distributions, and expressions that give a time, which steps refer to", absent: "none",
        "durations: {consultation: {exponential: 8 min}}"),
      .init(
        "pathways", "section of lists of steps by name", "what entities do, step by step",
        "pathways: {visit: [delay: 5 min, leave: home]}"),
      .init(
        "run", "section", "how long and how often the model is run",
        absent: "an experiment says it",
        "run: {warm-up: 2 d, length: 30 d}"),
      .init(
        "parts", "list of files", "further files, whose sections are added to these",
        absent: "none", "parts: [arrivals.yaml]"),
      .init(
        "source", "text",
        "where numbers come from: an entry of `sources.yaml`, and the place in it; here or in any section, table or number",
        absent: "none", "source: \"jin-2015, table 2\""),
      .init(
        "evidence", "`official`, `published`, `derived`, `secondary`, `calibrated` or `assumed`",
        "how well numbers are known; here or in any section, table or number", "evidence: assumed"),
      .init(
        "note", "text", "what else there is to say of numbers", absent: "none", "note: n = 214"),
      .init(
        "range-factor", "list of two numbers",
        "how far numbers may be off, each times these; needed by `derived`, `secondary`, `calibrated` and `assumed`",
        "range-factor: [0.7, 1.3]"),
    ])

  static let classKeys = LanguageTable(
    name: "class", title: "Every key of a class", note: "Below `classes: {NAME: {…}}`.",
    entries: [
      .init(
        "priority", "a name under `priorities`, or a whole number from 1 to 16",
        "how urgent entities of the class are; 1 is the most urgent",
        absent: "9; must be written where several priorities have names", "priority: urgent")
    ])

  static let sources = LanguageTable(
    name: "source", title: "Every arrival",
    note: """
      Below `arrivals: {NAME: {…}}`. Each source has one process: `poisson`, `weekly`, `rates`, `renewal`,
      `scheduled` or `recorded`. *Times from time 0* count from the start of the run, warm-up included.
      """,
    entries: [
      .init(
        "pathway", "a pathway", "where they begin", absent: "a log names it in every row",
        "pathway: visit"),
      .init(
        "class", "a class", "what they are",
        absent: "the only class; or `classes`; or a log says it",
        "class: adult"),
      .init(
        "classes", "shares by class, which sum to 1", "what they are, drawn for each",
        absent: "see `class`", "classes: {adult: 80 %, child: 20 %}"),
      .init(
        "poisson", "section", "independent arrivals at one rate", absent: "another process",
        "poisson: {rate: 5 /h}"),
      .init("poisson.rate", "rate above 0", "arrivals per time", "rate: 5 /h"),
      .init(
        "weekly", "list, or a table `{table, key: hour}`",
        "independent arrivals at rates that recur each week; overlapping spans add up, elsewhere the rate is 0. A table has rows for hours 0 to 23 and columns `monday_per_hour` … `sunday_per_hour`, or `rate_per_hour`",
        absent: "another process", "weekly: [{days: Mon-Fri, hours: 08:00-12:00, rate: 20 /h}]"),
      .init("weekly.name", "text", "a name for paths", absent: "its number", "name: morning"),
      .init(
        "weekly.days", "`Mon`, `Mon-Fri`, `daily`, several joined by `+`, or a list", "weekdays",
        "days: Mon-Fri+Sun"),
      .init(
        "weekly.hours", "`HH:MM-HH:MM`; past midnight when it ends before it begins",
        "hours of these days", absent: "all day", "hours: 22:00-06:00"),
      .init("weekly.rate", "rate, 0 or more", "arrivals per time", "rate: 20 /h"),
      .init(
        "rates",
        "list, or a table `{table, key}` with the columns `from_minutes` (`_seconds`, `_hours`, `_days`) and `rate_per_hour`",
        "independent arrivals at rates that change at times from time 0; 0 before the first, the last holds",
        absent: "another process", "rates: [{from: 0 h, rate: 5 /h}, {from: 3 h, rate: 9 /h}]"),
      .init("rates.name", "text", "a name for paths", absent: "its number", "name: rush"),
      .init("rates.from", "time from time 0", "when the rate begins", "from: 3 h"),
      .init("rates.rate", "rate, 0 or more", "arrivals per time from then on", "rate: 9 /h"),
      .init(
        "repeat-every", "time",
        "beside `rates`: all begins anew after so long, and before the first change the last rate holds",
        absent: "the last rate holds for ever", "repeat-every: 24 h"),
      .init(
        "renewal", "a distribution, a time, or the name of a duration; no expressions",
        "one after the other, with independent intervals", absent: "another process",
        "renewal: {erlang: {stages: 3, mean: 40 min}}"),
      .init(
        "first", "`stationary`, a distribution, or the name of a duration",
        "beside `renewal`: when the first comes; `stationary`: as if intervals had long been running",
        absent: "after one interval from time 0", "first: 0 min"),
      .init(
        "scheduled",
        "`{times: […]}`, or a table `{table, key}` with the column `time_minutes` (`_seconds`, `_hours`, `_days`)",
        "at given times from time 0, in any order", absent: "another process",
        "scheduled: {times: [10 min, 2 h]}"),
      .init(
        "scheduled.times", "list of times from time 0", "when each comes", "times: [10 min, 2 h]"),
      .init(
        "recorded",
        "a table `{table, key}` with the column `time_minutes` (`_seconds`, `_hours`, `_days`)",
        "as a log says. Columns `class`, `priority` and `pathway`, and columns named as attributes are, with `_minutes` and so forth for times, take the place of what the source and the model say, where a cell is not empty",
        absent: "another process", "recorded: {table: log.csv, key: patient}"),
      .init(
        "open", "`{days, hours}`, or a list of these",
        "when arrivals come: outside, a rate is 0, and the interval of a `renewal` stands still",
        absent: "always", "open: {days: Mon-Fri, hours: 08:00-17:00}"),
      .init("open.name", "text", "a name for paths", absent: "its number", "name: weekdays"),
      .init("open.days", "as `weekly.days`", "weekdays", "days: Mon-Fri"),
      .init(
        "open.hours", "as `weekly.hours`", "hours of these days", absent: "all day",
        "hours: 08:00-17:00"),
      .init(
        "seasons",
        "numbers by month; or a list of `{from, factor}`; or a table `{table, key: month}` or `{table, key: from}` with the column `factor`",
        "factors of the rates within the year, beside `poisson`, `weekly` and `rates`",
        absent: "1 all year",
        "seasons: {jan: 1.3, aug: 0.7}"),
      .init("seasons.name", "text", "a name for paths", absent: "its number", "name: winter"),
      .init(
        "seasons.from", "month-day", "the factor holds from the start of this day until the next",
        "from: 12-15"),
      .init("seasons.factor", "number, 0 or more", "times the rate", "factor: 1.4"),
      .init(
        "batch", "whole number from 1, or a distribution of such", "how many come at each arrival",
        absent: "1",
        "batch: {empirical: {values: [1, 2], weights: [3, 1]}}"),
      .init(
        "until", "time from time 0", "from then on nobody comes", absent: "no end", "until: 30 d"),
      .init(
        "most", "whole number from 1", "so many arrivals, a batch being one, and then no more",
        absent: "no limit", "most: 500"),
    ])

  static let resources = LanguageTable(
    name: "resource", title: "Every resource key", note: "Below `resources: {NAME: {…}}`.",
    entries: [
      .init(
        "capacity", "whole number, or `unlimited`",
        "units; with `unlimited`, those held are counted", absent: "`shifts` say it", "capacity: 3"),
      .init(
        "shifts", "list",
        "capacity by the week instead; overlapping shifts add up, and outside them it is 0",
        absent: "`capacity` says it", "shifts: [{days: Mon-Fri, hours: 08:00-16:00, capacity: 2}]"),
      .init("shifts.name", "text", "a name for paths", absent: "its number", "name: mornings"),
      .init(
        "shifts.days", "`Mon`, `Mon-Fri`, `daily`, several joined by `+`, or a list", "weekdays",
        "days: daily"),
      .init(
        "shifts.hours", "`HH:MM-HH:MM`; past midnight when it ends before it begins",
        "hours of these days", absent: "all day", "hours: 08:00-16:00"),
      .init("shifts.capacity", "whole number", "units in these hours", "capacity: 2"),
      .init(
        "cost", "section of `rostered`, `busy`, `overtime` (rates) and `use` (number)",
        "in any money: per unit and time of capacity, per unit and time held, besides that per unit and time held beyond capacity, and each time it is granted; the measure `cost` adds them up",
        absent: "none", "cost: {rostered: 50 /h, use: 3}"),
      .init(
        "waiting-room", "whole number",
        "the most that may wait; a step that asks for the resource then says `if-full`",
        absent: "any number", "waiting-room: 10"),
      .init(
        "preemptive", "`yes` or `no`",
        "a more urgent entity takes the unit of a less urgent one, who waits first in the line of its priority and then goes on as `interrupted` says",
        absent: "no", "preemptive: yes"),
      .init(
        "at-shift-end", "`hand-over`, `finish` or `interrupt`",
        "when the capacity changes: the new shift takes over those in service, as far as it has units, and the rest are finished in overtime; or the old shift finishes them in overtime, and the new one's units are all free; or those for whom there is no unit are interrupted, wait first in the line of their priority, and go on as `interrupted` says",
        absent: "hand-over", "at-shift-end: finish"),
      .init(
        "interrupted", "`resume`, `restart` or `resample`",
        "what follows when somebody interrupted during a delay has the unit again: what was left of it, the same length from its beginning, or a length drawn again; with `preemptive` or an interrupting shift end alone",
        absent: "resume", "interrupted: restart"),
    ])

  static let attributes = LanguageTable(
    name: "attribute", title: "Every attribute",
    note:
      "Below `attributes: {NAME: …}`, and in `assign`. Values are got on entry, in the order written; 64 are the most.",
    entries: [
      .init(
        "number", "number or time", "fixed; a time counts in the model's `time-unit`", "tries: 0"),
      .init(
        "expression", "expression", "computed from those above, the clock and the state of the run",
        "frail: age > 75 and severity > 1"),
      .init(
        "distribution", "distribution; its parameters may be expressions",
        "drawn, keyed by the attribute's name", "age: {normal: {mean: 60, sd: 15, lowest: 0}}"),
    ])

  static let runKeys = LanguageTable(
    name: "run", title: "Every run key", note: "Below `run`, in a model or an experiment.",
    entries: [
      .init(
        "start", "date", "the day whose start is time 0",
        absent: "a Monday that is 1 January, and every year has 365 days", "start: 2024-07-01"),
      .init(
        "warm-up", "time", "from time 0 to where statistics begin; `yilian warm-up` finds one",
        absent: "0, with a warning", "warm-up: 2 week"),
      .init(
        "length", "time", "from the end of the warm-up to the end of the run", "length: 52 week"),
      .init(
        "until-completed", "whole number",
        "the run ends when so many have left completed since the warm-up, if that is before the end of `length`",
        absent: "the length alone", "until-completed: 10000"),
      .init(
        "replications", "whole number", "how many runs, each with random numbers of its own",
        absent: "10", "replications: 30"),
      .init(
        "batches", "whole number from 2",
        "instead of replications: one run after the warm-up is cut into so many batches, each of `length`",
        absent: "replications", "batches: 30"),
      .init(
        "sample", "share",
        "of regions alone: the share of residents who are simulated and stand for all",
        absent: "1", "sample: 5 %"),
      .init("seed", "whole number", "other numbers, other random numbers", absent: "1", "seed: 7"),
      .init(
        "measures", "list of measures, each alone or `MEASURE by DIMENSION`",
        "what is written besides what always is; `yilian schema` lists all", absent: "none besides",
        "measures: [wait-p95 by resource, occupancy-share-over-20 by resource]"),
    ])
}
