#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A region of one's own: begun from the template, checked, fitted to what is known of it, and run.
source "$(dirname -- "${BASH_SOURCE[0]}")/testing.bash"

place=$folder/place
mkdir -p "$place/Models" "$place/Experiments"
cp -r Models/china Models/policies Models/new-county "$place/Models/"
cp Experiments/new-county.yaml "$place/Experiments/"
cd -- "$place" || exit 3

says() { grep -q -F -- "$1" "$folder/$2" || { cat "$folder/$2"; return 1; }; }

begins() {
  ends_with 0 "$YILIAN" new region yanshan && says Models/yanshan out || return
  ! grep -rn -F new-county Models/yanshan Experiments/yanshan.yaml || return
  ends_with 0 "$YILIAN" check Models/yanshan && ends_with 0 "$YILIAN" check Experiments/yanshan.yaml
}
claim 'yilian new region makes a region and an experiment that check as written' begins

runs() {
  ends_with 0 "$YILIAN" run Experiments/yanshan.yaml --replications 1 --quiet --out run.sqlite || return
  [[ $(sqlite3 run.sqlite "SELECT count(*) FROM replication") == 5 ]] \
    && ends_with 0 "$YILIAN" reproduce run.sqlite --quiet
}
claim 'and run as written, and are reproduced from the results alone' runs

refuses() {
  ends_with 2 "$YILIAN" new region yanshan && says 'Models/yanshan: is there already' err || return
  ends_with 2 "$YILIAN" new region 'My County' && says 'small letters, digits and dashes' err || return
  ends_with 2 "$YILIAN" new region other --in nowhere && says 'run this in a clone' err
}
claim 'a name that is taken or no name, and a folder without the template, are refused' refuses

# Constants far from what fits are brought back, and only what is fitted is written.
fits() {
  sed -i 's/^county,.*/county,-1.2,0.7,-1.0/' Models/yanshan/constants.csv
  cp -r Models/yanshan before
  ends_with 0 "$YILIAN" baseline Models/yanshan --rounds 8 --replications 1 --write --quiet || return
  python3 - <<'PYTHON' || return
import csv
def of(folder, tier, care):
    rows = {row["tier"]: row for row in csv.DictReader(open(f"{folder}/constants.csv"))}
    return float(rows[tier][care])
fitted = of("Models/yanshan", "county", "outpatient")
asked = of("Models/new-county", "county", "outpatient")
assert abs(fitted - asked) < 0.1, (fitted, asked)
PYTHON
  diff -rq before Models/yanshan | grep -v -e constants.csv -e fitted.yaml && return 1
  ends_with 0 "$YILIAN" check Models/yanshan
}
claim 'yilian baseline brings constants back to what is known, and writes nothing else' fits

goes_on() {
  cp -r before Models/again
  sed -i 's/name: yanshan/name: again/' Models/again/model.yaml
  ends_with 0 "$YILIAN" baseline Models/again --rounds 1 --replications 1 --json || return
  cp "$folder/out" one
  ends_with 0 "$YILIAN" baseline Models/again --rounds 1 --replications 1 --json || return
  cmp one "$folder/out" && ! grep -q 'replications,' "$folder/err"
}
claim 'a fit that is asked for again simulates nothing anew, and says the same' goes_on

faults() {
  ends_with 2 "$YILIAN" baseline Experiments/yanshan.yaml && says 'is no region' err || return
  sed -i 's/^visit-share.county,visit-share,county,fitted/visit-share.county,visit-share,county,checked/;
    s/^fund-spend-per-head,fund-spend-per-head,,checked/fund-spend-per-head,fund-spend-per-head,,fitted/' \
    Models/again/targets.csv
  ends_with 2 "$YILIAN" baseline Models/again && says 'visit-share sum to 0.72' err \
    && says 'fund-spend-per-head is marked fitted' err
}
claim 'targets that cannot be fitted to are named, all at once' faults
