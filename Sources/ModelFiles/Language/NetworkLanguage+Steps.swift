// SPDX-License-Identifier: GPL-3.0-or-later

extension NetworkLanguage {
  static let steps = LanguageTable(
    name: "step", title: "Every step",
    note: """
      Items of the lists below `pathways: {NAME: […]}`. A step does one thing, then goes on to the step below,
      or to the one that `next` names. `renege` and `balk` stand where the table says so, and mean the same
      everywhere.
      """,
    entries: [
      .init(
        "name", "text", "what other steps call this one", absent: "none",
        "{name: home, leave: home}"),
      .init(
        "next", "step", "where to go on", absent: "the step below", "{delay: 5 min, next: home}"),
      .init(
        "seize", "a resource, or a section",
        "waits for units and takes them; by priority, then first come first served", "seize: doctor"
      ),
      .init("seize.resource", "a resource", "what is asked for", "{resource: doctor}"),
      .init(
        "seize.all", "units by resource, or a list of resources",
        "instead: takes units of several resources at the first instant when all are free, and holds none before",
        "{all: {surgeon: 2, theatre: 1}}"),
      .init(
        "seize.any", "list of resources",
        "instead: takes a unit of the first of these that has one free; else waits for whichever comes free first",
        "{any: [nurse, doctor], as: carer}"),
      .init(
        "seize.as", "text", "beside `any`: what `release` and `transfer` call the unit", "as: carer"
      ),
      .init("seize.units", "whole number from 1", "how many", absent: "1", "units: 2"),
      .init(
        "seize.priority", "a priority", "in place of the entity's own", absent: "the entity's",
        "priority: urgent"),
      .init(
        "seize.keep-free", "whole number",
        "is granted only while so many units stay free for others", absent: "0", "keep-free: 2"),
      .init(
        "seize.if-full", "step", "where to go when the waiting room is full",
        absent: "only where there is a `waiting-room` it must be written", "if-full: away"),
      .init(
        "seize.renege", "section", "gives up when patience ends first", absent: "waits for ever",
        "renege: {after: 2 h, to: away}"),
      .init(
        "seize.balk", "section", "does not even join the line, and asks for nothing",
        absent: "always joins", "balk: {if: doctor.queue > 4, to: away}"),
      .init(
        "renege.after", "length", "the patience, from when the wait begins",
        "after: {exponential: 2 h}"),
      .init("renege.to", "step", "where to go then", "to: away"),
      .init(
        "balk.if", "condition", "goes away where it holds", absent: "`share` says who",
        "if: doctor.queue > 4"),
      .init(
        "balk.share", "share, or an expression for it", "goes away with this probability",
        absent: "`if` says who", "share: 10 %"),
      .init("balk.to", "step", "where to go then", "to: away"),
      .init("delay", "length", "lets time pass", "delay: consultation"),
      .init(
        "release", "a resource, or a word after `as`", "gives back all that was seized of it",
        "release: doctor"),
      .init(
        "branch",
        "shares by step, which sum to 1 or leave the rest to `otherwise`; each a share or an expression for it",
        "goes to one of the steps, drawn by these probabilities",
        "branch: {exam: 20 %, otherwise: home}"),
      .init(
        "branch.otherwise", "step", "where the rest goes", absent: "shares sum to 1",
        "otherwise: home"),
      .init(
        "branch.by",
        "`class`; beside it a step for each class, and `otherwise` unless all are named",
        "instead: goes by class", "branch: {by: class, urgent: now, otherwise: next}"),
      .init(
        "branch.if", "condition; in a list of `{if, to}` that ends with `{otherwise: STEP}`",
        "instead: goes to the first whose condition holds",
        "branch: [{if: ward.free > 0, to: ward}, {otherwise: home}]"),
      .init("branch.to", "step", "where to go when it holds", "to: ward"),
      .init(
        "assign", "values by attribute",
        "gives attributes a number, an expression or a distribution, from now on",
        "assign: {severity: severity - 1}"),
      .init(
        "assign.class", "a class", "makes it one of that class; its priority stays",
        "assign: {class: urgent}"),
      .init("assign.priority", "a priority", "changes its priority", "assign: {priority: urgent}"),
      .init(
        "wait", "section", "waits for a condition, an hour or an opening",
        "wait: {until: ward.free > 2}"),
      .init(
        "wait.until",
        "a condition on attributes and resources, which does not read the clock; or an hour in quotes",
        "what is waited for. Those who wait for conditions are looked at in the order they came, after every event",
        absent: "`opening-of`", "until: \"08:00\""),
      .init(
        "wait.days", "weekdays as in `shifts`", "beside an hour: on which days", absent: "daily",
        "days: Mon-Fri"),
      .init(
        "wait.opening-of", "a resource", "instead: waits until its capacity is above 0",
        absent: "`until`", "wait: {opening-of: lab}"),
      .init(
        "wait.renege", "section", "beside a condition: gives up when patience ends first",
        absent: "waits for ever", "renege: {after: 1 h, to: away}"),
      .init(
        "repeat", "section", "goes back to a step of this pathway",
        "repeat: {from: consult, at-most: 3, share: 30 %}"),
      .init("repeat.from", "step with a name", "where it goes back to", "from: consult"),
      .init(
        "repeat.at-most", "whole number from 1", "how often one entity goes back from here, in all",
        "at-most: 3"),
      .init(
        "repeat.if", "condition", "goes back only while it holds", absent: "always",
        "if: severity > 1"),
      .init("repeat.share", "share", "goes back with this probability", absent: "1", "share: 30 %"),
      .init(
        "spawn", "section",
        "starts entities on another pathway, with the same class, priority and attributes, and goes on",
        "spawn: {pathway: sample, join: yes}"),
      .init("spawn.pathway", "a pathway", "where they begin", "pathway: sample"),
      .init(
        "spawn.count", "whole number, or an expression, rounded", "how many", absent: "1",
        "count: 1 + frail"),
      .init(
        "spawn.after", "length", "they begin so much later", absent: "at once", "after: 10 min"),
      .init(
        "spawn.join", "`yes` or `no`", "whether a `join` waits for them", absent: "no", "join: yes"),
      .init(
        "join", "`all`", "waits until all that this entity spawned with `join: yes` have left",
        "join: all"),
      .init(
        "return", "section",
        "the patient comes again later, as a new entity of a pathway, while this one goes on; time in the system counts from when it comes",
        "return: {pathway: follow-up, after: 14 d}"),
      .init("return.pathway", "a pathway", "where it begins then", "pathway: follow-up"),
      .init("return.after", "length", "when it comes again", "after: 14 d"),
      .init(
        "transfer", "section",
        "waits for the new unit while keeping the old one, spends the delay, then gives the old one back",
        "transfer: {to: ward-bed, from: emergency-bed, delay: 20 min}"),
      .init("transfer.to", "a resource", "what is asked for", "to: ward-bed"),
      .init(
        "transfer.from", "a resource that is held", "what is given back", "from: emergency-bed"),
      .init("transfer.delay", "length", "how long both are held", absent: "none", "delay: 20 min"),
      .init(
        "transfer.units", "whole number from 1", "how many of the new one", absent: "1", "units: 2"),
      .init(
        "transfer.priority", "a priority", "in place of the entity's own", absent: "the entity's",
        "priority: urgent"),
      .init(
        "transfer.if-full", "step",
        "where to go when the waiting room is full, still holding the old unit",
        absent: "only where there is a `waiting-room` it must be written", "if-full: stays"),
      .init(
        "transfer.renege", "section",
        "gives up when patience ends first, still holding the old unit", absent: "waits for ever",
        "renege: {after: 6 h, to: stays}"),
      .init(
        "refer", "a pathway", "goes on at its first step, holding nothing, and counts as referred",
        "refer: county-hospital"),
      .init(
        "continue", "a pathway", "goes on at its first step, holding nothing", "continue: discharge"
      ),
      .init("leave", "text: the reason", "ends the pathway; reasons are counted", "leave: home"),
      .init(
        "outcome", "`completed`, `reneged` or `lost`; beside `leave`",
        "what leaving comes to; only the completed count in `throughput`. Must be written where `renege`, `balk` or `if-full` lead straight to the leave",
        absent: "completed", "{name: away, leave: away, outcome: lost}"),
    ])
}
