#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The same residents under two policies, and what scenarios cost and bring.
source "$(dirname -- "${BASH_SOURCE[0]}")/testing.bash"

county=Experiments/small-county-two-towns.yaml
twins=$folder/twins.sqlite
short=(--set run.warm-up='0 d' --set run.length='420 d')
has() {
  local word
  for word in "$@"; do
    grep -q -F -- "$word" "$folder/out" || { echo "$word is not there"; return 1; }
  done
}

runs() {
  ends_with 0 "$YILIAN" twins "$county" "${short[@]}" --set run.start=2018-10-01 --replications 3 \
    --income 20000 --by town --by age --out "$twins" --quiet \
    && has 'The same residents under training and under none, n = 3' 'eastbank' 'By age' 'Gini' \
      'Paid over 10 % of income' 'in reach (30 min)' 'Concentration by nearness' \
      'no income groups apart'
}
claim 'twins tell who gains and who loses by town and age' runs

again() {
  ends_with 0 "$YILIAN" twins "$twins" --by distance --language zh \
    && has '同一批居民' '按到最近县级医院的路程' '15 分钟以内' '个人自付' || return
  ends_with 0 "$YILIAN" twins "$twins" --json || return
  python3 - "$folder/out" <<'PYTHON'
import json, sys
told = json.load(open(sys.argv[1]))
values = {(v["measure"], v["dimension"], v["member"]): v for v in told["values"]}
for name in (o["name"] for o in told["outcomes"]):
    shares = [values[f"twin-{name}-{s}-share", "", ""]["mean"] for s in ("less", "same", "more")]
    assert abs(sum(shares) - 1) < 1e-12, (name, shares)
    before, after, change = (
        values[f"twin-{name}-{s}", "", ""]["mean"] for s in ("baseline", "scenario", "change"))
    assert abs(after - before - change) < 1e-9 * max(1, before), name
assert told["scenario"] == "training" and told["replications"] == 3
towns = [m for (name, d, m) in values if name == "twin-residents" and d == "town"]
assert sorted(towns) == ["eastbank", "seat", "westhill"]
PYTHON
}
claim 'a file of twins is printed again, in Chinese and as JSON' again

merged() {
  local part
  for part in 1 2; do
    ends_with 0 "$YILIAN" twins "$county" "${short[@]}" --set run.start=2018-10-01 --replications 3 \
      --income 20000 --shard $part/2 --out "$folder/part-$part.sqlite" --quiet || return
  done
  ends_with 0 "$YILIAN" merge "$folder"/part-[12].sqlite --out "$folder/merged.sqlite" \
    && same_rows "$twins" "$folder/merged.sqlite"
}
claim 'twins run in parts are the same when merged' merged

reproduced() { ends_with 0 "$YILIAN" reproduce "$twins" --replication 2; }
claim 'a file of twins is run again bit for bit' reproduced

story() {
  ends_with 0 "$YILIAN" twins "$twins" --resident eastbank-17 --replication 2 \
    && has 'eastbank-17, replication 2: the same life under none and under training' \
      'What it came to in the window' || return
  ends_with 0 "$YILIAN" twins "$twins" --resident eastbank-17 --language zh --json \
    && has '"parting_day"' '"window"'
}
claim 'one resident has two stories' story

everybody() {
  ends_with 0 "$YILIAN" twins "$twins" --residents "$folder/all.csv" || return
  python3 - "$folder/all.csv" "$twins" <<'PYTHON'
import csv, sqlite3, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8")))
assert len(rows) == 20000 and len({r["resident"] for r in rows}) == 20000
stored = dict(sqlite3.connect(sys.argv[2]).execute(
    "SELECT measure, value FROM observation WHERE replication = 1 AND dimension = ''"))
for name in ("visits", "out-of-pocket", "travel-minutes"):
    column = name.replace("-", "_")
    for arm in ("baseline", "scenario"):
        mean = sum(float(r[f"{arm}_{column}"]) for r in rows) / len(rows)
        assert abs(mean - stored[f"twin-{name}-{arm}"]) < 1e-6 * mean, (name, arm)
    more = sum(float(r[f"scenario_{column}"]) > float(r[f"baseline_{column}"]) for r in rows)
    assert abs(more / len(rows) - stored[f"twin-{name}-more-share"]) < 1e-12, name
PYTHON
}
claim 'the table of everybody holds what the file tells of them' everybody

refused() {
  ends_with 2 "$YILIAN" twins "$twins" --income 3 && grep -q -- '--income' "$folder/err" \
    && ends_with 2 "$YILIAN" twins Models/mm1 && grep -q 'this is a network' "$folder/err" \
    && ends_with 2 "$YILIAN" twins "$county" --scenario trainig \
    && grep -q 'did you mean training?' "$folder/err" \
    && ends_with 2 "$YILIAN" twins "$county" --resident nowhere-1 \
    && ends_with 2 "$YILIAN" twins "$county" --set experiment.random-numbers=independent \
    && grep -q 'share their random numbers' "$folder/err" \
    && ends_with 2 "$YILIAN" economics "$twins" --effect visits \
    && ends_with 2 "$YILIAN" compare "$twins" && grep -q 'with yilian twins' "$folder/err"
}
claim 'twins are refused where there is nothing to compare' refused

money=$folder/money.sqlite
weighed() {
  ends_with 0 "$YILIAN" run "$county" "${short[@]}" --set run.start=2018-10-01 --replications 4 \
    --set 'experiment.measures=[fund-spend by month, out-of-pocket by month, visits by month]' \
    --out "$money" --quiet || return
  ends_with 0 "$YILIAN" economics "$money" --perspective fund --effect primary-visit-share \
    --threshold 0:1000000:500000 --price-year 2019 \
    && has 'perspective: insurance fund' 'prices of 2019' 'not discounted' 'Budget impact' 'year 1' \
      'Fieller' || return
  ends_with 0 "$YILIAN" economics "$money" --effect visits --better lower --discount '3 %' \
    --language zh && has '年贴现率 3 %' '视角：全社会' || return
  ends_with 0 "$YILIAN" economics "$money" --cost fund-spend --effect visits --threshold 100 --json \
    || return
  python3 - "$folder/out" "$money" <<'PYTHON'
import json, sqlite3, sys
told = json.load(open(sys.argv[1]))
arms = {a["scenario"]: a for a in told["arms"]}
base, new = arms["none"], arms["training"]
step = new["against_baseline"]
assert abs(step["cost"]["mean"] - (new["cost"]["mean"] - base["cost"]["mean"])) < 1e-6
file = sqlite3.connect(sys.argv[2])
low, high = file.execute("""SELECT ci_low, ci_high FROM contrast
    WHERE measure = 'fund-spend' AND dimension = '' AND scenario = 'training'""").fetchone()
assert abs(low - step["cost"]["ci_low"]) < 1e-6 * abs(low) + 1e-6
assert abs(high - step["cost"]["ci_high"]) < 1e-6 * abs(high) + 1e-6
assert abs(sum(a["probability_best"] for a in told["acceptability"][0]["arms"]) - 1) < 1e-12
if step["interval"] == "between":
    assert step["ci_low"] <= step["icer"] <= step["ci_high"]
years = {a["scenario"]: a["years"] for a in told["budget_impact"]}
total = sum(y["cost"]["mean"] for y in years["none"])
stored = file.execute("""SELECT SUM(mean) FROM summary WHERE measure = 'fund-spend'
    AND dimension = 'month' AND scenario = 'none' AND member >= '2019-01'""").fetchone()[0]
assert abs(total - stored) < 1e-9 * stored
PYTHON
}
claim 'economics weighs costs against effects, as the results file has them' weighed

lacks() {
  ends_with 2 "$YILIAN" economics "$money" --effect visit && grep -q 'did you mean visits' "$folder/err" \
    && ends_with 2 "$YILIAN" economics "$money" --effect visits --perspective provider \
    && ends_with 2 "$YILIAN" economics "$money" --effect visits --threshold 5:1:1 \
    && ends_with 2 "$YILIAN" economics "$money" --effect visits --discount 300 \
    && ends_with 2 "$YILIAN" economics "$money" --effect exams --discount 3% \
    && grep -q 'measures: \[exams by month\]' "$folder/err"
}
claim 'economics says what it lacks' lacks
