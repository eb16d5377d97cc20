# SPDX-License-Identifier: GPL-3.0-or-later
"""Sets what yilian sensitivity says beside what SALib and SciPy say of the same points.

    sensitivity.py FOLDER

FOLDER holds NAME.json, the answer of yilian sensitivity, and NAME.csv, the rows of its results, for the
designs morris, saltelli, once (saltelli in one replication) and lhs.
"""

import csv
import json
import sys

import numpy as np
from SALib.analyze import morris, sobol
from scipy import stats

folder = sys.argv[1]
names = ["rate", "one-exponential-mean", "other-exponential-mean"]
bounds = [[0.3, 0.7], [0.5, 1.2], [0.2, 0.8]]
problem = {"num_vars": 3, "names": names, "bounds": bounds}


def read(name):
    """The design's points without the base point, in order, and the output by point and replication."""
    rows = [
        row for row in csv.DictReader(open(f"{folder}/{name}.csv", encoding="utf-8"))
        if row["measure"] == "utilisation" and row["member"] == "first"]
    columns = list(rows[0])[:3]
    points = sorted({int(row["point_id"]) for row in rows} - {1})
    place = {point: index for index, point in enumerate(points)}
    replications = max(int(row["replication"]) for row in rows)
    x = np.zeros((len(points), 3))
    y = np.zeros((len(points), replications))
    for row in rows:
        if (point := int(row["point_id"])) in place:
            x[place[point]] = [float(row[column]) for column in columns]
            y[place[point], int(row["replication"]) - 1] = float(row["value"])
    answer = json.load(open(f"{folder}/{name}.json", encoding="utf-8"))
    return x, y, answer["analyses"][0]["factors"]


def close(ours, theirs, tolerance=1e-9):
    assert abs(ours - theirs) <= tolerance * max(1, abs(theirs)), (ours, theirs)


# Elementary effects of means over replications: μ, and μ* and σ with noise in them, as SALib has them.
# Values of factors are written with nine digits, so that steps are a little off.
x, y, ours = read("morris")
theirs = morris.analyze(problem, x, y.mean(axis=1), num_levels=4, seed=1)
for index, factor in enumerate(ours):
    close(factor["mu"], theirs["mu"][index], 1e-7)
    close(factor["mu_star_with_noise"], theirs["mu_star"][index], 1e-7)
    close(factor["sigma_with_noise"], theirs["sigma"][index], 1e-7)
    # Noise taken out moves little here, and never beyond the interval.
    assert factor["mu_star_low"] <= theirs["mu_star"][index] <= factor["mu_star_high"]


def salib_order(y):
    """From A, B, AB_1 … to A, AB_1 …, B of each row."""
    rows = y.reshape(-1, 5)
    return rows[:, [0, 2, 3, 4, 1]].reshape(-1)


# In one replication the estimators are SALib's, number by number.
x, y, ours = read("once")
theirs = sobol.analyze(
    problem, salib_order(y[:, 0]), calc_second_order=False, num_resamples=1000, seed=1)
for index, factor in enumerate(ours):
    close(factor["first"], theirs["S1"][index])
    close(factor["total"], theirs["ST"][index])
    # Their intervals are normal ones around the same bootstrap: as wide, within a fifth.
    for name, width in (("first", theirs["S1_conf"][index]), ("total", theirs["ST_conf"][index])):
        half = (factor[f"{name}_high"] - factor[f"{name}_low"]) / 2
        assert abs(half - width) <= 0.2 * width + 1e-9, (name, half, width)

# In several, those of the mean differ by the noise that ours leave out.
x, y, ours = read("saltelli")
theirs = sobol.analyze(
    problem, salib_order(y.mean(axis=1)), calc_second_order=False, num_resamples=10, seed=1)
for index, factor in enumerate(ours):
    assert factor["first_low"] <= theirs["S1"][index] <= factor["first_high"]
    assert factor["total_low"] <= theirs["ST"][index] <= factor["total_high"]

# Rank correlations.
x, y, ours = read("lhs")
mean = y.mean(axis=1)
ranks = np.apply_along_axis(stats.rankdata, 0, np.column_stack([x, mean]))
inverse = np.linalg.inv(np.corrcoef(ranks, rowvar=False))
for index, factor in enumerate(ours):
    theirs = stats.spearmanr(x[:, index], mean)
    close(factor["rho"], theirs.statistic)
    close(factor["p_value"], theirs.pvalue, 1e-7)
    partial = -inverse[index, 3] / np.sqrt(inverse[index, index] * inverse[3, 3])
    close(factor["partial_rho"], partial)
