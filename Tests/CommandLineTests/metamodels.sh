#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Gaussian processes beside scikit-learn's, with the same kernel and lengths. Takes the tests as they were
# built.
source "$(dirname -- "${BASH_SOURCE[0]}")/testing.bash"

agree() {
  YILIAN_METAMODELS=$folder/metamodels.json swift test -c release --skip-build --disable-xctest \
    --filter 'MetamodelsTests.ReferenceTests' >"$folder/out" 2>&1 || { tail -n 3 "$folder/out"; return 1; }
  .venv/bin/python Tests/CommandLineTests/metamodels.py "$folder/metamodels.json"
}

if Tests/set-up --python 'scikit-learn>=1.6,<2' 'numpy>=2,<3' >&2; then
  claim 'scikit-learn predicts the same, with the same error, and of points left out' agree
else
  claim 'scikit-learn can be installed' false
fi
