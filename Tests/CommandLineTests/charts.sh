#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Charts: as data, as pictures in both languages and widths, and what is said where one cannot be drawn.
source "$(dirname -- "${BASH_SOURCE[0]}")/testing.bash"

ready() { "$top/Tests/set-up" --charts >"$folder/set-up" 2>&1 || { tail -n 1 "$folder/set-up"; return 1; }; }
claim 'set-up installs what draws charts' ready

results=$folder/county.sqlite
claim 'an experiment for charts runs' ends_with 0 "$YILIAN" run "$tests/experiments/charts.yaml" \
  --threads 2 --quiet --out "$results"
look() { python3 "$tests/charts.py" "$@"; }
chart() { ends_with 0 "$YILIAN" chart "$results" "$@"; }

lists() {
  chart || return
  grep -q -x 'visits-by-tier' "$folder/out" && grep -q 'yilian explain' "$folder/out"
}
claim 'chart without a name lists what can be drawn, and what the rest would need' lists

# What this file has the numbers for.
drawn='visits-by-tier through-time'
data() {
  local name width language
  for name in $drawn; do
    for width in full half; do
      for language in en zh; do
        chart "$name" --width "$width" --language "$language" --out "$folder/$name-$width-$language.json" \
          || return
      done
    done
  done
  look axes "$folder"/*-full-*.json "$folder"/*-half-*.json
}
claim 'charts as data: every number is typed, and every axis says its unit' data
claim 'a chart holds the numbers of the views' \
  eval 'look numbers "$folder/visits-by-tier-full-en.json" "$results"'

pictures() {
  local name width language
  for name in $drawn; do
    for language in en zh; do
      chart "$name" --width half --language "$language" --out "$folder/$name-$language.svg" || return
    done
  done
  look picture "$folder"/*-en.svg "$folder"/*-zh.svg || return
  chart visits-by-tier --language zh --out "$folder/a.png" && chart visits-by-tier --out "$folder/a.pdf" \
    || return
  head -c 8 "$folder/a.png" | grep -q -a PNG && head -c 5 "$folder/a.pdf" | grep -q '%PDF-'
}
claim 'pictures have marks, and texts in their language' pictures

# What is known is known of a real place: a month of it.
known() {
  ends_with 0 "$YILIAN" run Models/lanshan --replications 1 --set run.warm-up='0 d' --set run.length='31 d' \
    --quiet --out "$folder/lanshan.sqlite" || return
  ends_with 0 "$YILIAN" chart "$folder/lanshan.sqlite" observed --language zh --out "$folder/known-zh.svg" \
    && look picture "$folder/known-zh.svg" || return
  ends_with 0 "$YILIAN" chart "$folder/lanshan.sqlite" observed --json && grep -q 'simulated over known' "$folder/out"
}
claim 'what is known stands beside what is simulated' known

same() {
  chart visits-by-tier --language zh --out "$folder/again.svg" --width half || return
  cmp "$folder/again.svg" "$folder/visits-by-tier-zh.svg"
}
claim 'the same results give the same picture, byte for byte' same

page() {
  chart through-time --out "$folder/page.html" && look page "$folder/page.html"
}
claim 'a page of a chart asks nothing of the network' page

glance() {
  chart visits-by-tier && grep -q '●' "$folder/out" || return
  chart visits-by-tier --language zh && grep -q '乡镇卫生院' "$folder/out"
}
claim 'without a file a chart for the terminal is printed' glance

fails() {
  local status=$1 words=$2
  shift 2
  ends_with "$status" "$@" || return
  [[ $(wc -l <"$folder/err") == 1 ]] && grep -q -F -- "$words" "$folder/err" \
    || { cat "$folder/err"; return 1; }
}
draw=("$YILIAN" chart "$results" visits-by-tier --language zh --out "$folder/never.svg")
claim 'a missing renderer is one sentence' fails 3 'Tests/set-up --charts' \
  env YILIAN_PYTHON=/usr/bin/python3 "${draw[@]}"
claim 'a Python that is not there is one sentence' fails 3 'there is no program /nowhere/python' \
  env YILIAN_PYTHON=/nowhere/python "${draw[@]}"

cat >"$folder/breaks" <<'SCRIPT'
#!/bin/sh
sed 's/"mark":{"type":"bar"}/"mark":"nonsense"/' | "$REAL_PYTHON" "$@"
SCRIPT
chmod +x "$folder/breaks"
claim 'a specification that is refused is one sentence' fails 3 'refuses its specification' \
  env REAL_PYTHON="$top/.venv/bin/python" YILIAN_PYTHON="$folder/breaks" "${draw[@]}"

# Folders of fonts that are empty for this command alone; who may not do that cannot look.
unseen=(unshare --mount bash -c 'for d in /usr/share/fonts /usr/local/share/fonts; do
  [ ! -d "$d" ] || mount -t tmpfs none "$d" || exit 99; done; exec "$@"' -)
if unshare --mount true 2>/dev/null && "${unseen[@]}" true 2>/dev/null; then
  claim 'without a Chinese font nothing is drawn, in one sentence' \
    fails 3 'no font with Chinese characters' "${unseen[@]}" "${draw[@]}"
fi
claim 'none of these leaves a file' test ! -e "$folder/never.svg"

claim 'an unknown chart is named, with the nearest' \
  eval 'ends_with 2 "$YILIAN" chart "$results" visits-by-teir && grep -q "did you mean visits-by-tier" "$folder/err"'
claim 'a file of another kind is refused' \
  eval 'ends_with 2 "$YILIAN" chart "$results" visits-by-tier --out a.gif && grep -q "\.svg, \.png" "$folder/err"'
claim 'a chart whose numbers are missing says what to run' \
  eval 'ends_with 2 "$YILIAN" chart "$results" through-time --measure visits && grep -q "measures: \[visits by month\]" "$folder/err"'
