"""Writes made-up customers to be clustered, and the centres that everybody begins with.

    clusters_rows.py FOLDER ROWS COLUMNS CLUSTERS SEED

Half of the customers are in groups that overlap, of unequal size; the others lie anywhere, so that no
number of clusters fits. Rows are 32-bit as in Dolka, centres 64-bit: rows drawn by k-means++.
"""

import pathlib
import sys

import numpy

GROUPS = 12
SEEDED_ON = 20_000


def main():
    folder = pathlib.Path(sys.argv[1])
    rows, columns, clusters, seed = map(int, sys.argv[2:6])
    random = numpy.random.default_rng(seed)
    sizes = random.dirichlet(numpy.full(GROUPS, 2.0))
    group = random.choice(GROUPS, size=rows, p=sizes)
    middle = random.normal(scale=2.0, size=(GROUPS, columns))
    values = middle[group] + random.normal(size=(rows, columns))
    anywhere = random.random(rows) < 0.5
    values[anywhere] = random.normal(scale=2.0, size=(int(anywhere.sum()), columns))
    values = numpy.ascontiguousarray(values, dtype="<f4")
    sample = values[random.choice(rows, size=min(rows, SEEDED_ON), replace=False)].astype("<f8")
    centres = [sample[0]]
    for _ in range(clusters - 1):
        squares = numpy.min([((sample - centre) ** 2).sum(axis=1) for centre in centres], axis=0)
        centres.append(sample[random.choice(len(sample), p=squares / squares.sum())])
    numpy.save(folder / "rows.npy", values)
    numpy.save(folder / "centres.npy", numpy.array(centres, dtype="<f8"))


if __name__ == "__main__":
    main()
