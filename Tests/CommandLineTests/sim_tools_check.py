# SPDX-License-Identifier: GPL-3.0-or-later
"""Sets what yilian says beside what the public package sim-tools says of the same replications.

    sim_tools_check.py FOLDER

FOLDER holds fixed.sqlite (150 replications of three scenarios with random numbers of their own) and
seven.sqlite (the same to 7 % of the wait); YILIAN is the path of the program.
"""

import json
import os
import sqlite3
import subprocess
import sys

import numpy as np
from sim_tools.output_analysis import OnlineStatistics, ReplicationsAlgorithm
from sim_tools.ovs.fixed_budget import OCBA
from sim_tools.ovs.indifference_zone import KNPlusPlus

folder = sys.argv[1]
fixed = sqlite3.connect(f"file:{folder}/fixed.sqlite?mode=ro", uri=True)
scenarios = ["slow", "middle", "quick"]
waits = [
    [row[0] for row in fixed.execute(
        "SELECT value FROM observation WHERE point_id = ? AND measure = 'wait' AND dimension = ''"
        " ORDER BY replication", (point,))]
    for point in (1, 2, 3)]
assert all(len(values) == 150 for values in waits)


def close(ours, theirs):
    assert abs(ours - theirs) <= 1e-9 * abs(theirs), (ours, theirs)


def said(*arguments):
    text = subprocess.run(
        [os.environ["YILIAN"], *arguments, "--json"], check=True, capture_output=True).stdout
    return json.loads(text)


# Intervals.
for scenario, values in zip(scenarios, waits):
    theirs = OnlineStatistics(np.array(values), alpha=0.05)
    low, high, deviation = fixed.execute(
        "SELECT ci_low, ci_high, sd FROM summary WHERE scenario = ? AND measure = 'wait'"
        " AND dimension = ''", (scenario,)).fetchone()
    close(low, theirs.lci)
    close(high, theirs.uci)
    close(deviation, theirs.std)


# The number of replications, scenario by scenario.
class Recorded:
    """Replications that were run before."""

    def single_run(self, number):
        return {name: values[number] for name, values in zip(scenarios, waits)}


theirs, _ = ReplicationsAlgorithm(
    alpha=0.05, half_width_precision=0.07, initial_replications=3, look_ahead=5,
    replication_budget=140).select(Recorded(), scenarios)
report = said("compare", f"{folder}/seven.sqlite")["precision"]
ours = {target["scenario"]: target["required"] for target in report["targets"]}
assert ours == theirs, (ours, theirs)
# All together are met when the last of them is, or a little later where one was met and lost again.
assert report["required"] >= max(theirs.values()), report


# Ranking and selection, on the same recorded replications.
class Bandit:
    """Hands each design's next replication to the procedure that asks."""

    def __init__(self):
        self.used = [0] * len(waits)

    def register_observer(self, observer):
        self.observer = observer

    def simulate(self, design):
        value = waits[design][self.used[design]]
        self.used[design] += 1
        self.observer.feedback(self, design, value)


np.random.seed(1)
theirs = KNPlusPlus(Bandit(), n_designs=3, delta=0.2, alpha=0.05, n_0=10, obj="min").solve()
experiment = "Tests/CommandLineTests/experiments/servers.yaml"
independent = ("--set", "experiment.random-numbers=independent", "--measure", "wait",
               "--best", "lowest")
ours = said("select", experiment, *independent, "--difference", "0.2",
            "--out", f"{folder}/kn-check.sqlite")
assert [scenarios.index(ours["chosen"])] == list(theirs), (ours["chosen"], theirs)
bandit = Bandit()
theirs = OCBA(bandit, n_designs=3, budget=120, delta=10, n_0=10, obj="min").solve()
ours = said("select", experiment, *independent, "--method", "ocba", "--budget", "120",
            "--out", f"{folder}/ocba-check.sqlite")
assert scenarios.index(ours["chosen"]) == theirs, (ours["chosen"], theirs)
assert sum(bandit.used) == ours["replications"] == 120
# Both draw on the same replications, in order: nobody saw other values.
for point, candidate in enumerate(ours["candidates"]):
    mean = np.mean(waits[point][:candidate["n"]])
    assert abs(candidate["mean"] - mean) < 1e-9 * mean
print("intervals, numbers of replications and choices agree")
