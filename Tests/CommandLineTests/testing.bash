# SPDX-License-Identifier: GPL-3.0-or-later
#
# What the scripts of this folder share; each sources it. They run in the top folder of the project
# with YILIAN, the path of the built program.

tests=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
top=$(cd -- "$tests/../.." && pwd -P)
cd -- "$top" || exit 3
: "${YILIAN:?the path of the built program}"
folder=$(mktemp -d) || exit 3
trap 'rm -rf -- "$folder"' EXIT
# The language of tables and the width of help do not hang on who runs the tests.
export LC_ALL=C.UTF-8 COLUMNS=80

# claim NAME COMMAND...: a test that holds when the command succeeds; what the command prints says
# why it does not.
claim() {
  local name=$1 why
  shift
  if why=$("$@" 2>&1); then
    printf 'ok %s\n' "$name"
  else
    printf 'not ok %s: %s\n' "$name" "$(printf '%s' "${why:-$* failed}" | tr '\n' ' ')"
  fi
}

# ends_with STATUS COMMAND...: succeeds when the command ends so; its output is in $folder/out and
# $folder/err.
ends_with() {
  local expected=$1 status=0
  shift
  "$@" >"$folder/out" 2>"$folder/err" || status=$?
  ((status == expected)) && return
  printf 'status %d instead of %d: %s\n' "$status" "$expected" "$*"
  head -n 3 "$folder/err"
  return 1
}

# The rows that must be equal however a design was run, in key order.
rows() {
  sqlite3 "file:$1?mode=ro" \
    'SELECT * FROM replication ORDER BY 1, 2; SELECT * FROM observation ORDER BY 1, 2, 3, 4, 5'
}

# same_rows FILE FILE
same_rows() {
  rows "$1" >"$folder/rows-1" && rows "$2" >"$folder/rows-2" || return
  [[ -s $folder/rows-1 ]] || { printf '%s holds no rows\n' "$1"; return 1; }
  cmp "$folder/rows-1" "$folder/rows-2"
}

# golden NAME: compares $folder/out with a stored file; with YILIAN_GOLDEN=write, stores it.
golden() {
  local stored="$tests/golden/$1"
  if [[ ${YILIAN_GOLDEN:-} == write ]]; then
    cp -- "$folder/out" "$stored"
  else
    diff -u -- "$stored" "$folder/out"
  fi
}
