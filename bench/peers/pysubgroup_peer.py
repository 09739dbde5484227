"""pysubgroup as an analyst would: what won opportunities have in common, rules of two conditions.

    pysubgroup_peer.py PIPELINE.csv[.gz] ACCOUNTS.csv RUNS

Selectors are those of Dolka: every value of a category, and ranges of numbers between fifths. Prints JSON:
seconds of each search (reading and selectors left out), and the best rules with their counts.
"""

import importlib.metadata
import itertools
import json
import sys
import time

import numpy as np
import pandas as pd
import pysubgroup as ps

PIECES = 5
SHOWN = 10
FEWEST = 3

pipeline, accounts, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
deals = pd.read_csv(pipeline)
deals = deals[deals.deal_stage.isin(["Won", "Lost"])].merge(pd.read_csv(accounts), on="account", how="left")
data = pd.DataFrame({"won": deals.deal_stage == "Won"})
selectors = []
for name in ["product", "sales_agent", "sector", "office_location", "subsidiary_of"]:
    data[name] = deals[name]
    values = deals[name].dropna().value_counts()
    selectors += [ps.EqualitySelector(name, value) for value, count in values.items() if count >= FEWEST]
for name in ["revenue", "employees", "year_established"]:
    data[name] = deals[name].astype(float)
    known = np.sort(data[name].dropna().to_numpy())
    places = [-(-piece * len(known) // PIECES) - 1 for piece in range(1, PIECES)]
    # Dolka's ranges are open below and closed above; pysubgroup's the other way round.
    edges = [np.nextafter(edge, np.inf) for edge in sorted(set(known[places])) if edge < known[-1]]
    ends = [-np.inf, *edges, np.inf]
    ranges = [pair for pair in itertools.combinations(ends, 2) if pair != (-np.inf, np.inf)]
    selectors += [ps.IntervalSelector(name, low, high) for low, high in ranges]

target = ps.BinaryTarget("won", True)
task = ps.SubgroupDiscoveryTask(data, target, selectors, result_set_size=SHOWN, depth=2, qf=ps.WRAccQF())
times = []
for _ in range(runs + 1):
    start = time.perf_counter()
    # Its fastest: SimpleDFS takes twenty times as long.
    found = ps.DFS(ps.BitSetRepresentation).execute(task)
    times.append(time.perf_counter() - start)
won = data.won.to_numpy()
best = []
for quality, rule, _ in found.to_descriptions(include_stats=True):
    covered = rule.covers(data)
    counts = {"covered": int(covered.sum()), "positives": int(won[covered].sum())}
    best.append({"rule": str(rule), **counts, "wracc": quality})
version = importlib.metadata.version("pysubgroup")
print(json.dumps({"version": version, "times": times[1:], "selectors": len(selectors), "best": best}))
