# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds `yilian fit` against SciPy: fit.py YILIAN FOLDER.

Parameters to a relative 2e-4 (SciPy's searches end sooner than ours where there is no closed form, so our
likelihood must be as great as SciPy's at least), likelihoods and statistics at our parameters to 1e-7, and
the p-values of two bootstraps to what their 500 samples each allow with a false-positive rate of 1e-6.
"""

import json
import subprocess
import sys

import numpy as np
from scipy import optimize, stats

program, folder = sys.argv[1:]
generator = np.random.default_rng(20200723)


def fitted(values, *options):
    path = folder + "/scipy.csv"
    with open(path, "w", encoding="utf-8") as file:
        file.write("x\n" + "".join(f"{value!r}\n" for value in map(float, values)))
    run = subprocess.run(
        [program, "fit", path, "--json", "--quiet", *options], capture_output=True, text=True, check=True)
    return {fit["family"]: fit for fit in json.loads(run.stdout)["fits"]}


def parameters(fit):
    return {p["name"]: p["value"] for p in fit["parameters"]}


def near(ours, theirs, tolerance, what):
    assert abs(ours - theirs) <= tolerance * max(1, abs(theirs)), (what, ours, theirs)


def frozen(family, p):
    match family:
        case "exponential": return stats.expon(scale=p["mean"])
        case "uniform": return stats.uniform(p["low"], p["high"] - p["low"])
        case "triangular":
            width = p["high"] - p["low"]
            return stats.triang((p["mode"] - p["low"]) / width, p["low"], width)
        case "normal":
            mean, sd = p["mean"], p["standard-deviation"]
            if p["lowest"] is None:
                return stats.norm(mean, sd)
            return stats.truncnorm((p["lowest"] - mean) / sd, np.inf, mean, sd)
        case "lognormal": return stats.lognorm(p["sigma"], scale=p["median"])
        case "gamma": return stats.gamma(p["shape"], scale=p["scale"])
        case "erlang": return stats.erlang(p["stages"], scale=p["mean"] / p["stages"])
        case "weibull": return stats.weibull_min(p["shape"], scale=p["scale"])
        case "beta": return stats.beta(p["alpha"], p["beta"], p["low"], p["high"] - p["low"])
        case "poisson": return stats.poisson(p["mean"])
        case "geometric": return stats.geom(p["probability"])
        case "geom": return stats.geom(p["prob"], -1)
        case "binomial": return stats.binom(p["trials"], p["probability"])
        case "negative-binomial": return stats.nbinom(p["successes"], p["probability"])
        case "uniform-integer": return stats.randint(p["low"], p["high"] + 1)
    return None


def check_statistics(values, fits):
    """Likelihood and statistics at our parameters, by SciPy's densities and distribution functions."""
    values = np.sort(values)
    n = len(values)
    for family, fit in fits.items():
        law = frozen(family, parameters(fit))
        if law is None:
            continue
        is_discrete = hasattr(law.dist, "pmf")
        density = law.logpmf if is_discrete else law.logpdf
        near(fit["log_likelihood"], float(np.sum(density(values))), 1e-9, family)
        near(fit["mean"], law.mean(), 1e-9, family + " mean")
        if is_discrete:
            continue
        shares = law.cdf(values)
        d = stats.kstest(values, law.cdf).statistic
        near(fit["kolmogorov_smirnov"]["statistic"], d, 1e-9, family + " D")
        with np.errstate(divide="ignore", invalid="ignore"):
            places = 2 * np.arange(1, n + 1) - 1
            a = -n - np.mean(places * (np.log(shares) + np.log1p(-shares[::-1])))
        if np.isfinite(a):
            near(fit["anderson_darling"]["statistic"], a, 1e-7, family + " A2")


def check_fit(values, family, theirs, ours, law):
    """Our parameters beside SciPy's, and our likelihood, which may not be less."""
    for name, value in theirs.items():
        near(parameters(ours)[name], value, 2e-4, f"{family} {name}")
    density = law.logpmf if hasattr(law.dist, "pmf") else law.logpdf
    assert ours["log_likelihood"] >= np.sum(density(values)) - 1e-6, family


quick = ("--bootstrap", "0")
values = generator.gamma(2.3, 4.1, 400)
fits = fitted(values, *quick)
check_statistics(values, fits)
shape, _, scale = stats.gamma.fit(values, floc=0)
check_fit(values, "gamma", {"shape": shape, "scale": scale}, fits["gamma"], stats.gamma(shape, scale=scale))
shape, _, scale = stats.weibull_min.fit(values, floc=0)
check_fit(
    values, "weibull", {"shape": shape, "scale": scale}, fits["weibull"], stats.weibull_min(shape, scale=scale))
sigma, _, median = stats.lognorm.fit(values, floc=0)
check_fit(
    values, "lognormal", {"sigma": sigma, "median": median}, fits["lognormal"],
    stats.lognorm(sigma, scale=median))
_, mean = stats.expon.fit(values, floc=0)
check_fit(values, "exponential", {"mean": mean}, fits["exponential"], stats.expon(scale=mean))
# With values below 0, so that the lower end is free, as it is in SciPy.
values = values - 20
fits = fitted(values, *quick)
check_statistics(values, fits)
c, low, width = stats.triang.fit(values)
assert fits["triangular"]["log_likelihood"] >= np.sum(stats.triang.logpdf(values, c, low, width)) - 1e-6

values = generator.beta(1.7, 3.2, 300)
fits = fitted(values, *quick)
check_statistics(values, fits)
alpha, beta, _, _ = stats.beta.fit(values, floc=0, fscale=1)
check_fit(values, "beta", {"alpha": alpha, "beta": beta}, fits["beta"], stats.beta(alpha, beta))

values = generator.normal(2, 5, 300)
fits = fitted(values, *quick)
check_statistics(values, fits)
mean, sd = stats.norm.fit(values)
check_fit(values, "normal", {"mean": mean, "standard-deviation": sd}, fits["normal"], stats.norm(mean, sd))

for values, family, law, bounds, names in [
    (generator.poisson(3.3, 500), "poisson", stats.poisson, {"mu": (0.1, 20)}, {"mean": "mu"}),
    (generator.geometric(0.3, 500), "geometric", stats.geom, {"p": (0.01, 0.99)}, {"probability": "p"}),
]:
    fits = fitted(values, *quick)
    check_statistics(values, fits)
    found = stats.fit(law, values, bounds).params._asdict()
    theirs = {name: found[key] for name, key in names.items()}
    check_fit(values, family, theirs, fits[family], frozen(family, theirs))
# Its own fit knows whole numbers of successes only.
values = generator.negative_binomial(2.4, 0.3, 500)
fits = fitted(values, *quick)
check_statistics(values, fits)
found = optimize.minimize(
    lambda x: -np.sum(stats.nbinom.logpmf(values, np.exp(x[0]), 1 / (1 + np.exp(x[1])))), [0, 0],
    method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-10, "maxiter": 2_000}).x
theirs = {"successes": np.exp(found[0]), "probability": 1 / (1 + np.exp(found[1]))}
check_fit(
    values, "negative-binomial", theirs, fits["negative-binomial"], frozen("negative-binomial", theirs))
values = generator.binomial(9, 0.35, 500)
check_statistics(values, fitted(values, *quick))

# Two bootstraps of the same p-value differ by chance alone.
samples = 500
for values, family, law, known, statistic, name in [
    (generator.gamma(1.15, 3, 60), "exponential", stats.expon, {"loc": 0}, "ad", "anderson_darling"),
    (generator.gamma(6, 1, 80) - 20, "normal", stats.norm, {}, "ks", "kolmogorov_smirnov"),
]:
    ours = fitted(values, "--bootstrap", str(samples), "--family", family)[family][name]
    theirs = stats.goodness_of_fit(
        law, values, known_params=known, statistic=statistic, n_mc_samples=samples, rng=generator)
    p = (ours["p"] + theirs.pvalue) / 2
    spread = (2 * max(p * (1 - p), 1e-3) / samples) ** 0.5
    assert abs(ours["p"] - theirs.pvalue) <= 4.9 * spread, (family, ours, theirs.pvalue)
