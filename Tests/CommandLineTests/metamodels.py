# SPDX-License-Identifier: GPL-3.0-or-later
"""Sets predictions of Yilian's Gaussian processes beside those of scikit-learn, with the same lengths.

    metamodels.py FILE

FILE is what Tests/MetamodelsTests/ReferenceTests.swift writes. scikit-learn has no trend: it is fitted here by
generalised least squares with scikit-learn's covariances, its error added to scikit-learn's.
"""

import json
import sys

import numpy as np
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, Matern


def terms(x, trend):
    one = np.ones((len(x), 1))
    return np.hstack([one, x]) if trend == "linear" else one


def predict(case, x, y, noise, places):
    """Value and standard error of the mean at places, from points, their means and noise."""
    shape = (
        Matern(case["lengths"], nu=2.5) if case["kernel"] == "matern-5/2" else RBF(case["lengths"]))
    kernel = ConstantKernel(case["deviation"] ** 2) * shape
    covariance = kernel(x) + np.diag(noise)
    f = terms(x, case["trend"])
    solved = np.linalg.solve(covariance, f)
    information = f.T @ solved
    beta = np.linalg.solve(information, solved.T @ y)
    process = GaussianProcessRegressor(kernel, alpha=noise, optimizer=None)
    process.fit(x, y - f @ beta)
    mean, error = process.predict(places, return_std=True)
    g = terms(places, case["trend"])
    gap = g - kernel(places, x) @ solved
    of_trend = np.einsum("ij,ji->i", gap, np.linalg.solve(information, gap.T))
    return mean + g @ beta, np.sqrt(error**2 + of_trend)


def close(ours, theirs, what):
    gap = np.max(np.abs(np.asarray(ours) - theirs) / np.maximum(1, np.abs(theirs)))
    assert gap < 1e-6, (what, gap)


cases = json.load(open(sys.argv[1], encoding="utf-8"))
assert len(cases) == 4
for case in cases:
    name = (case["kernel"], case["trend"])
    x, y, places = (np.array(case[key]) for key in ("points", "means", "places"))
    # The share of the variance that keeps covariances positive definite.
    noise = np.array(case["variances"]) + 1e-9 * case["deviation"] ** 2
    values, errors = predict(case, x, y, noise, places)
    close(case["values"], values, name)
    close(case["errors"], errors, name)
    # In closed form there, here by leaving each point out.
    for i in range(len(x)):
        rest = np.arange(len(x)) != i
        value, error = predict(case, x[rest], y[rest], noise[rest], x[i : i + 1])
        close(case["leftOutValues"][i], value[0], (name, i))
        close(case["leftOutErrors"][i], np.sqrt(error[0] ** 2 + noise[i]), (name, i))
