// SPDX-License-Identifier: GPL-3.0-or-later

extension NetworkLanguage {
  static let distributions = LanguageTable(
    name: "distribution", title: "Every distribution",
    note: """
      Of times where a length is due, of plain numbers for batches, of either for attributes. *Value* is a
      time there, or a number. Parameters with keys of their own may be expressions, but not in a
      `renewal` or a `batch`, and not inside `mixture`, `truncated` and `shifted`. Where there are several
      sets of parameters, the keys tell which is meant. `sd` may stand for `standard-deviation`. Whole
      values count the model's `time-unit` where they are times. The last ones are R's.
      """,
    entries: [
      .init("constant", "value", "always the same; or the value alone", "{constant: 5 min}"),
      .init(
        "exponential", "value above 0: the mean; or `mean`; or `rate` (rate)",
        "by its mean or its rate", "{exponential: {rate: 12 /h}}"),
      .init(
        "uniform", "`low`, `high`: values", "between low and high",
        "{uniform: {low: 2 min, high: 9 min}}"),
      .init(
        "triangular", "`low`, `mode`, `high`: values", "from low to high, most often near the mode",
        "{triangular: {low: 2 min, mode: 5 min, high: 9 min}}"),
      .init(
        "normal",
        "`mean`, `standard-deviation`: values; `lowest`, `highest`: values that may be left out",
        "truncated to what lies from lowest to highest; mean and deviation are those before. A length needs `lowest: 0 min` or more",
        "{normal: {mean: 9 min, sd: 3 min, lowest: 0 min}}"),
      .init(
        "lognormal",
        "`mean`, `standard-deviation`: values; or `median` (value), `sigma` (number); or `mu`, `sigma` (numbers)",
        "mean and deviation of the value itself; mu and sigma of its natural logarithm, in time units",
        "{lognormal: {mean: 7 min, sd: 5 min}}"),
      .init(
        "gamma",
        "`mean`, `standard-deviation`: values; or `shape` (number), `scale` (value); or `shape`, `rate` (rate)",
        "the mean is shape times scale", "{gamma: {shape: 2.5, scale: 4 min}}"),
      .init(
        "erlang", "`stages`: whole number; `mean`: value",
        "the sum of exponential stages, of this mean in all", "{erlang: {stages: 3, mean: 9 min}}"),
      .init(
        "weibull", "`shape`: number; `scale`: value",
        "exceeds t with probability exp(−(t / scale)^shape)",
        "{weibull: {shape: 1.5, scale: 10 min}}"),
      .init(
        "beta",
        "`alpha`, `beta`: numbers; `low`, `high`: values. Or `shape1`, `shape2`, as in R, from 0 to 1 unless `low`, `high` are added",
        "stretched from 0…1 to low…high", "{beta: {alpha: 2, beta: 3, low: 0 min, high: 10 min}}"),
      .init(
        "poisson", "value above 0: the mean; or `mean`", "whole values from 0", "{poisson: 5 min}"),
      .init(
        "geometric", "`probability`: share", "whole values from 1: trials up to the first success",
        "{geometric: {probability: 25 %}}"),
      .init(
        "binomial", "`trials`: whole number; `probability`: share",
        "whole values: successes among the trials", "{binomial: {trials: 20, probability: 0.5}}"),
      .init(
        "negative-binomial", "`successes`: number; `probability`: share",
        "whole values: failures before the successes",
        "{negative-binomial: {successes: 3, probability: 0.5}}"),
      .init(
        "uniform-integer", "`low`, `high`: values", "whole values from low to high, both included",
        "{uniform-integer: {low: 1 min, high: 6 min}}"),
      .init(
        "empirical", "`values`: list of values; `weights`: list of numbers, equal when left out",
        "one of the values", "{empirical: {values: [5 min, 9 min], weights: [3, 1]}}"),
      .init(
        "mixture",
        "list of distributions, each with a `weight` (share), and a `name` if it is wanted for paths",
        "one of several distributions of any kind",
        "{mixture: [{weight: 30 %, exponential: 5 min}, {weight: 70 %, constant: 2 min}]}"),
      .init(
        "hyperexponential", "list of `mean` (value), `weight` (share)",
        "one of several exponentials",
        "{hyperexponential: [{weight: 70 %, mean: 2 min}, {weight: 30 %, mean: 9 min}]}"),
      .init(
        "hypoexponential", "`means`: list of values", "the sum of exponentials of these means",
        "{hypoexponential: {means: [5 min, 20 min]}}"),
      .init(
        "coxian", "list of `mean` (value), `goes-on` (share; not for the last)",
        "exponential stages in a row; after each the next follows with the probability `goes-on`",
        "{coxian: [{mean: 3 d, goes-on: 35 %}, {mean: 11 d}]}"),
      .init(
        "phase-type",
        "`rates`: rows of rates; `exits`: list of rates; or `generator`: rows of rates; `initial`: list of shares, the first phase when left out",
        "the time until a Markov chain leaves its phases",
        "{phase-type: {rates: [[0, 1 /h], [0, 0]], exits: [0.5 /h, 2 /h]}}"),
      .init(
        "truncated",
        "`of`: distribution; `lowest`, `highest`: values, of which one may be left out",
        "given that it lies within the bounds",
        "{truncated: {lowest: 5 min, of: {exponential: 9 min}}}"),
      .init(
        "shifted", "`of`: distribution; `by`: value", "plus a fixed value",
        "{shifted: {by: 3 min, of: {exponential: 9 min}}}"),
      .init("exp", "`rate`: rate", "R: exponential", "{exp: {rate: 12 /h}}"),
      .init("unif", "`min`, `max`: values", "R: uniform", "{unif: {min: 2 min, max: 9 min}}"),
      .init(
        "norm", "`mean`, `sd`: values; `lowest`, `highest` may be added", "R: normal",
        "{norm: {mean: 9 min, sd: 3 min, lowest: 0 min}}"),
      .init(
        "lnorm", "`meanlog`, `sdlog`: numbers", "R: lognormal by mu and sigma, in time units",
        "{lnorm: {meanlog: 1.2, sdlog: 0.4}}"),
      .init(
        "triangle", "`a`, `b`, `c`: values", "R: triangular from a to b with the mode c",
        "{triangle: {a: 2 min, b: 9 min, c: 5 min}}"),
      .init("pois", "`lambda`: value", "R: poisson", "{pois: {lambda: 5 min}}"),
      .init(
        "geom", "`prob`: share", "R: failures before the first success, from 0",
        "{geom: {prob: 0.25}}"),
      .init(
        "binom", "`size`: whole number; `prob`: share", "R: binomial",
        "{binom: {size: 20, prob: 0.5}}"),
      .init(
        "nbinom", "`size`: number; `prob`: share", "R: negative-binomial",
        "{nbinom: {size: 3, prob: 0.5}}"),
    ])

  static let expressions = LanguageTable(
    name: "expression", title: "Every word of an expression",
    note: """
      Times in an expression carry their unit, `20 min`; values that are times, and numbers without a unit
      beside them, count the model's `time-unit`. Conditions are 1 where they hold and 0 where not. The
      signs below bind from the loosest to the strongest; `^` from the right. Names have hyphens, so a
      minus stands between spaces; a name that is no plain word stands in double quotes.
      """,
    entries: [
      .init(
        "number", "number, `35 %`, time or rate", "`12 /h` is a rate, per time unit",
        "30 min * (1 + severity)"),
      .init("ATTRIBUTE", "number", "the entity's attribute of this name", "severity + 1"),
      .init("class == NAME", "condition", "the entity's class; also `!=`", "class == urgent"),
      .init("priority", "whole number", "the entity's, 1 being the most urgent", "priority <= 2"),
      .init("stayed", "time", "since the entity entered", "stayed > 4 h"),
      .init("waited", "time", "that the entity has spent in waiting lines", "waited > 30 min"),
      .init("time", "time", "since time 0", "time < 10 d"),
      .init("hour", "number", "of the day: 9.5 is half past nine", "hour >= 8 and hour < 17"),
      .init("weekday", "whole number", "1 is Monday, 7 Sunday", "weekday <= 5"),
      .init("day", "whole number", "whole days since time 0", "day - 7 * floor(day / 7)"),
      .init("yes", "number", "1", "if(severity > 1, yes, no)"),
      .init("no", "number", "0", "if(severity > 1, yes, no)"),
      .init("RESOURCE.free", "whole number", "units free now, never below 0", "ward.free > 0"),
      .init("RESOURCE.held", "whole number", "units held now", "ward.held < 20"),
      .init("RESOURCE.queue", "whole number", "requests that wait now", "doctor.queue > 4"),
      .init("RESOURCE.capacity", "whole number", "units now", "doctor.held / doctor.capacity"),
      .init("or", "of two conditions", "at least one holds", "hour < 8 or hour >= 17"),
      .init("and", "of two conditions", "both hold", "age > 75 and severity > 1"),
      .init("not", "of a condition", "it does not hold", "not class == urgent"),
      .init("<", "of two values", "less; likewise `<=`, `==`, `!=`, `>=`, `>`", "severity >= 2"),
      .init(
        "+", "of two values",
        "sum; likewise `-`, the difference, and before one value its opposite",
        "5 min + 2 min * severity"),
      .init("*", "of two values", "product; likewise `/`, the quotient", "30 min * severity"),
      .init("^", "of two values", "power", "2 ^ severity"),
      .init("min", "two or more values", "the least", "min(severity, 3)"),
      .init("max", "two or more values", "the greatest", "max(0 min, 30 min - waited)"),
      .init(
        "if", "condition, value, other value",
        "the value where the condition holds, else the other", "if(class == urgent, 5 min, 9 min)"),
      .init("abs", "one value", "without its sign", "abs(severity - 2)"),
      .init("floor", "one value", "the whole number at or below", "floor(severity)"),
      .init(
        "round", "one value", "the nearest whole number, halves away from 0", "round(severity)"),
      .init("exp", "one number", "e to the power", "exp(0 - severity)"),
      .init("log", "one number", "the natural logarithm", "log(1 + severity)"),
      .init("sqrt", "one number", "the square root", "sqrt(severity)"),
    ])
}
