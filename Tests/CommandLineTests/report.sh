#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Reports: the page, its findings in both languages, further files, and what is refused.
source "$(dirname -- "${BASH_SOURCE[0]}")/testing.bash"

Tests/set-up --charts >&2 || exit
page() { python3 "$tests/page.py" "$@"; }
says() { grep -q -F -- "$1" "$folder/$2" || { cat "$folder/$2"; return 1; }; }
make() { ends_with 0 "$YILIAN" "$@" --quiet; }

make run "$tests/experiments/clinic.yaml" --out "$folder/clinic.sqlite" --threads 2
network() {
  ends_with 0 "$YILIAN" report "$folder/clinic.sqlite" --language "$1" || return
  says "report: $folder/clinic-report-$1.html" out && page "$folder/clinic-report-$1.html" "$@"
}
claim 'a network, in English' network en 'slower, compared with as-is' 'would rise by' 'Only run noise' \
  'yilian uncertainty' 'STRESS-DES' 'yilian reproduce clinic.sqlite'
claim 'a network, in Chinese' network zh '主要结论' '增加' '置信区间' '模型假设未作变动' '随机种子'
claim 'a scenario that changes nothing is said to' says 'there is no difference in any of the 6' \
  clinic-report-en.html

cat >"$folder/county.yaml" <<YAML
model: $top/Models/small-county
name: county
title: A county <script>alert('&')</script>
title-zh: 一个县
run: {start: 2018-01-01, warm-up: 365 d, length: 365 d}
policy-start: 2019-01-01
replications: 2
measures: [visits, visits by tier, primary-visit-share, wait-minutes, out-of-pocket, fund-spend]
scenarios:
  - {name: none, title: no lever, title-zh: 不采取措施}
  - {name: gate, title: "the <b>gate</b>", title-zh: 基层首诊, set: {policies.gatekeeping.in-force: yes}}
YAML
make run "$folder/county.yaml" --out "$folder/county.sqlite" --threads 2
region() {
  ends_with 0 "$YILIAN" report "$folder/county.sqlite" --language "$1" --out "$folder/r-$1.html" --quiet \
    && page "$folder/r-$1.html" "$@"
}
claim 'a region, in English' region en "A county <script>alert('&')</script>" \
  'the <b>gate</b>, compared with no lever' 'Outpatient visits' '1 January 2019 to 31 December 2019'
claim 'a region, in Chinese' region zh '“基层首诊”与“不采取措施”相比' '门诊人次' '2019年1月1日至2019年12月31日'
claim 'a chart is on the page, at two widths, with its words' \
  eval '[[ $(grep -c "role=\"img\"" "$folder/r-en.html") -ge 2 ]]'
same_bytes() {
  cp "$folder/r-zh.html" "$folder/first.html" && region zh && cmp "$folder/first.html" "$folder/r-zh.html"
}
claim 'the same results give the same bytes' same_bytes

claim 'findings are printed without colour where nobody looks' \
  eval 'ends_with 0 "$YILIAN" report "$folder/clinic.sqlite" --language en \
    && says "[clear rise]" out && ! grep -q $'"'\\\\033'"' "$folder/out"'
on_terminal() {
  python3 - "$folder/clinic.sqlite" "$folder/t.html" <<'PYTHON'
import os, pty, sys

def said(**more):
    pid, terminal = pty.fork()
    if pid == 0:
        program = os.environ["YILIAN"]
        environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"} | {"TERM": "xterm"} | more
        os.execve(program, [program, "report", *sys.argv[1:2], "--out", sys.argv[2], "--language", "en"], environment)
    text = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            break
        if not part:
            break
        text += part
    os.waitpid(pid, 0)
    return text

assert b"\x1b[32m[clear rise]\x1b[0m" in said(), said()
assert b"\x1b" not in said(NO_COLOR="1")
PYTHON
}
claim 'verdicts are coloured on a terminal, and not under NO_COLOR' on_terminal
json() {
  ends_with 0 "$YILIAN" report "$folder/clinic.sqlite" --json --out "$folder/j.html" || return
  python3 - "$folder/out" <<'PYTHON'
import json, sys
answer = json.load(open(sys.argv[1], encoding="utf-8"))
assert answer["report"].endswith("j.html")
for finding in answer["findings"]:
    low, high = finding["ci_low"], finding["ci_high"]
    if finding["verdict"] == "clear rise":
        assert low > 0, finding
    elif finding["verdict"] == "clear fall":
        assert high < 0, finding
    elif finding["verdict"] == "no difference":
        assert low == high == 0, finding
    else:
        assert finding["verdict"] == "unclear" and low <= 0 <= high, finding
assert {f["verdict"] for f in answer["findings"]} >= {"clear rise", "no difference"}
PYTHON
}
claim 'findings as JSON claim what their intervals bear' json

with_draws() {
  make uncertainty "$tests/experiments/clinic.yaml" --draws 12 --replications 2 --threads 2 \
    --set experiment.run.length='2 week' --out "$folder/draws.sqlite" || return
  ends_with 0 "$YILIAN" report "$folder/draws.sqlite" --out "$folder/draws.html" --language en || return
  page "$folder/draws.html" en '12 draws of' 'over the assumptions' || return
  ends_with 0 "$YILIAN" report "$folder/clinic.sqlite" "$folder/draws.sqlite" --out "$folder/both.html" \
    --language en && page "$folder/both.html" en '12 draws of' 'what would turn the answer' && ! grep -q 'Only run noise' "$folder/both.html"
}
claim 'a file of draws alone, and beside its scenarios' with_draws

brief() {
  ends_with 0 "$YILIAN" report "$folder/draws.sqlite" --brief --language "$1" --quiet \
    --out "$folder/brief-$1.html" || return
  local word
  for word in "${@:2}"; do
    grep -q -F -- "$word" "$folder/brief-$1.html" || { echo "$word is not there"; return 1; }
  done
  # A sheet has no list of contents, and no methods.
  ! grep -q -e '<nav' -e 'id="methods"' "$folder/brief-$1.html"
}
claim 'a brief says what comes out and what it hangs on, in English' \
  brief en 'What comes out' 'What it hangs on' 'resources.' 'assumptions were varied together'
claim 'a brief in Chinese' brief zh '结论取决于哪些假设' '项假设在各自取值范围内同时变动'
claim 'a brief of results without draws names the command that makes them' \
  eval 'ends_with 0 "$YILIAN" report "$folder/county.sqlite" --brief --out "$folder/b.html" --language en \
    && grep -q "yilian uncertainty" "$folder/b.html"'

refuses() {
  local status=$1 words=$2
  shift 2
  ends_with "$status" "$@" && says "$words" err && [[ $(wc -l <"$folder/err") == 1 ]]
}
claim 'a file of another model is refused, and what differs is named' \
  refuses 2 'is of another model' "$YILIAN" report "$folder/clinic.sqlite" "$folder/county.sqlite"
claim 'another ending is refused' \
  refuses 2 '.html or .pdf' "$YILIAN" report "$folder/clinic.sqlite" --out "$folder/x.doc"
claim 'what is no results file is refused' refuses 2 README.md "$YILIAN" report README.md
without_renderer() {
  refuses 3 'Tests/set-up --charts' env YILIAN_PYTHON= "$YILIAN" report "$folder/county.sqlite" --out "$folder/no.html"
}
elsewhere() {
  mkdir -p "$folder/bin" && cp "$YILIAN" "$folder/bin/yilian" && cd "$folder" \
    && YILIAN="$folder/bin/yilian" without_renderer && [[ ! -e $folder/no.html ]]
}
claim 'without a renderer one sentence and status 3, and no file' elsewhere
without_browser() {
  mkdir -p "$folder/empty"
  refuses 3 'Debian package chromium' env PATH="$folder/empty" "$YILIAN" report "$folder/clinic.sqlite" \
    --out "$folder/x.pdf"
}
claim 'without Chromium a PDF is refused in one sentence' without_browser

if [[ ${YILIAN_LONG:-} ]]; then
  Tests/set-up --charts chromium poppler-utils --python playwright >&2
  # No error of the page, no request, nothing wider than a telephone; the PDF has every heading.
  in_browser() {
    .venv/bin/python - "$folder/r-$1.html" <<'PYTHON' || return
import sys
from playwright.sync_api import sync_playwright
url = "file://" + sys.argv[1]
with sync_playwright() as p:
    browser = p.chromium.launch(
        executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-dev-shm-usage"])
    for width in (360, 1000):
        page = browser.new_page(viewport={"width": width, "height": 700}, offline=True)
        bad = []
        page.on("pageerror", lambda e: bad.append(str(e)))
        page.on("console", lambda m: bad.append(m.text) if m.type == "error" else None)
        page.on("request", lambda r: bad.append(r.url) if r.url != url else None)
        page.goto(url)
        wide = page.evaluate("document.documentElement.scrollWidth")
        shown = page.evaluate(
            "[...document.querySelectorAll('.chart')].filter(c => c.getBoundingClientRect().height > 50).length")
        assert not bad and wide <= width and shown >= 1, (bad, wide, shown)
    browser.close()
PYTHON
    ends_with 0 "$YILIAN" report "$folder/county.sqlite" --language "$1" --out "$folder/r.pdf" --quiet || return
    pdftotext "$folder/r.pdf" "$folder/r.txt" || return
    python3 - "$folder/r-$1.html" "$folder/r.txt" <<'PYTHON'
import html, re, sys
page, text = (re.sub(r"\s", "", open(f, encoding="utf-8").read()) for f in sys.argv[1:])
headings = [html.unescape(h) for h in re.findall(r"<h[123]>(.*?)</h[123]>", page)]
missing = [h for h in headings if h not in text]
assert len(headings) > 20 and not missing, missing
PYTHON
  }
  claim 'opens without a network and prints with every heading, in English' in_browser en
  claim 'opens without a network and prints with every heading, in Chinese' in_browser zh
  sheet() {
    ends_with 0 "$YILIAN" report "$folder/draws.sqlite" --brief --language "$1" --out "$folder/b.pdf" --quiet \
      && [[ $(pdfinfo "$folder/b.pdf" | grep '^Pages:') =~ ' 1'$ ]]
  }
  claim 'a brief prints on one sheet, in English' sheet en
  claim 'a brief prints on one sheet, in Chinese' sheet zh
fi
