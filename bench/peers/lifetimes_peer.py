#!/usr/bin/env python3
"""Fits of `lifetimes` on histories, and log-likelihoods of anybody's parameters by plain formulas.

    lifetimes_peer.py HISTORIES.csv MODEL [--runs N] [--given a,b,c,d]

A line of the file is `x,t_x,T,mean` with times in weeks. Prints one line of JSON: seconds of the fit
(the fit alone, histories in memory), its parameters, and the log-likelihood of them and of those given.
`lifetimes` keeps a mean of rescaled likelihoods, so the sum over customers is worked out here for both.
"""

import argparse
import json
import resource
import statistics
import sys
import time
import warnings

import numpy as np
import pandas as pd
from scipy.special import gammaln

ORDER = {
    "bg_nbd": ("r", "alpha", "a", "b"),
    "mbg_nbd": ("r", "alpha", "a", "b"),
    "pareto_nbd": ("r", "alpha", "s", "beta"),
    "gamma_gamma": ("p", "q", "v"),
}
# Nodes of the integral of Pareto/NBD, in the logarithm of time.
NODES = 96


def fitter(model):
    import lifetimes

    return {
        "bg_nbd": lifetimes.BetaGeoFitter,
        "mbg_nbd": lifetimes.ModifiedBetaGeoFitter,
        "pareto_nbd": lifetimes.ParetoNBDFitter,
        "gamma_gamma": lifetimes.GammaGammaFitter,
    }[model](penalizer_coef=0.0)


def betaln(a, b):
    return gammaln(a) + gammaln(b) - gammaln(a + b)


def beta_geometric(modified, rows, r, alpha, a, b):
    x, last, age = rows["x"], rows["last"], rows["age"]
    one = 1 if modified else 0
    rates = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    stayed = betaln(a, b + x + one) - betaln(a, b) - (r + x) * np.log(alpha + age)
    with np.errstate(invalid="ignore", divide="ignore"):
        left = betaln(a + 1, b + x - 1 + one) - betaln(a, b) - (r + x) * np.log(alpha + last)
    left = np.where(x + one > 0, left, -np.inf)
    return rates + np.logaddexp(stayed, left)


def pareto(rows, r, alpha, s, beta):
    x, last, age = rows["x"], rows["last"], rows["age"]
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    base = min(alpha, beta)
    end = np.log1p((age - last) / (base + last))
    total = np.full(len(x), -np.inf)
    for node, weight in zip(nodes, weights):
        w = end * (node + 1) / 2
        y = (base + last) * np.exp(w) - base
        value = -(r + x) * np.log(alpha + y) - (s + 1) * np.log(beta + y) + w + np.log(base + last)
        with np.errstate(divide="ignore"):
            total = np.logaddexp(total, value + np.log(weight * end / 2))
    rates = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta)
    stayed = -(r + x) * np.log(alpha + age) - s * np.log(beta + age)
    return rates + np.logaddexp(stayed, np.log(s) + total)


def gamma_gamma(rows, p, q, v):
    x, mean = rows["x"], rows["mean"]
    shape = p * x
    gammas = gammaln(shape + q) - gammaln(shape) - gammaln(q)
    return gammas + q * np.log(v) + (shape - 1) * np.log(mean) + shape * np.log(x) - (shape + q) * np.log(x * mean + v)


def log_likelihood(model, rows, parameters):
    if model == "gamma_gamma":
        each = gamma_gamma(rows, *parameters)
    elif model == "pareto_nbd":
        each = pareto(rows, *parameters)
    else:
        each = beta_geometric(model == "mbg_nbd", rows, *parameters)
    return float(np.sum(each))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("histories")
    parser.add_argument("model", choices=sorted(ORDER))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--given", default="")
    asked = parser.parse_args()
    rows = pd.read_csv(asked.histories, names=["x", "last", "age", "mean"])
    if asked.model == "gamma_gamma":
        rows = rows[(rows["x"] > 0) & (rows["mean"] > 0)]
    columns = {name: rows[name].to_numpy(dtype=float) for name in rows}
    times, found = [], None
    warnings.filterwarnings("ignore")
    for number in range(asked.runs + (asked.runs > 1)):
        model = fitter(asked.model)
        start = time.perf_counter()
        if asked.model == "gamma_gamma":
            model.fit(columns["x"], columns["mean"])
        else:
            model.fit(columns["x"], columns["last"], columns["age"])
        if number or asked.runs == 1:
            times.append(time.perf_counter() - start)
        found = [float(model.params_[name]) for name in ORDER[asked.model]]
    scale = 1 if sys.platform == "darwin" else 1024
    answer = {
        "seconds": statistics.median(times),
        "parameters": found,
        "log_likelihood": log_likelihood(asked.model, columns, found),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale / 1e6,
    }
    if asked.given:
        given = [float(part) for part in asked.given.split(",")]
        answer["log_likelihood_given"] = log_likelihood(asked.model, columns, given)
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
