"""scikit-learn's k-means on the same rows from the same centres, and the same bootstrap; prints JSON.

    clusters_sklearn.py FOLDER THREADS RUNS TOLERANCE float32|float64 lloyd|elkan
"""

import json
import os
import pathlib
import sys
import time

THREADS = sys.argv[2]
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = THREADS
# Set where older libraries need it; it would slow this one.
for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(name, None)

import numpy
import sklearn
from sklearn.cluster import KMeans

DRAWS = 100
BOOTSTRAP_ROWS = 10_000


def timed(work):
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def bootstrap(rows, clusters, algorithm):
    """The least mean Jaccard index of a cluster; one k-means++ seed per draw."""
    random = numpy.random.default_rng(1)
    count = len(rows)
    original = KMeans(clusters, n_init=10, tol=0, random_state=1).fit(rows).labels_
    marks = numpy.zeros(clusters)
    for draw in range(DRAWS):
        drawn = rows[random.integers(count, size=count)]
        labels = KMeans(clusters, n_init=1, tol=0, random_state=draw, algorithm=algorithm).fit(drawn).predict(rows)
        both = numpy.bincount(original * clusters + labels, minlength=clusters**2).reshape(clusters, clusters)
        either = both.sum(axis=1)[:, None] + both.sum(axis=0)[None, :] - both
        marks += (both / either).max(axis=1)
    return float((marks / DRAWS).min())


def main():
    folder = pathlib.Path(sys.argv[1])
    runs, tolerance, kind, algorithm = int(sys.argv[3]), float(sys.argv[4]), sys.argv[5], sys.argv[6]
    rows = numpy.load(folder / "rows.npy").astype(kind)
    centres = numpy.load(folder / "centres.npy").astype(kind)

    def once():
        means = KMeans(len(centres), init=centres, n_init=1, tol=tolerance, algorithm=algorithm, max_iter=300)
        return means.fit(rows)

    found = [timed(once) for _ in range(runs + 1)][1:]
    means = found[-1][1]
    sample = rows[numpy.random.default_rng(1).choice(len(rows), min(len(rows), BOOTSTRAP_ROWS), replace=False)]
    seconds, least = timed(lambda: bootstrap(sample, len(centres), algorithm))
    print(json.dumps({
        "engine": f"scikit-learn {sklearn.__version__}", "times": [seconds for seconds, _ in found],
        "iterations": int(means.n_iter_), "inertia": float(means.inertia_),
        "bootstrap": seconds, "least_jaccard": least,
    }))


if __name__ == "__main__":
    main()
