"""Features, RFM and ABC-XYZ of every customer: Dolka and its peers, each on its own best layout."""

import json
import os
import pathlib
import shutil
import statistics

from .processes import Failed, child, say
from .program import dolka, in_memory, scan_over_decode, segment_runs, timings
from .venv import has

PEERS = pathlib.Path(__file__).resolve().parent.parent / "peers"
# Label for --only, script, variant.
CONTESTANTS = [
    ("duckdb", "duckdb_peer.py", ""),
    ("polars", "polars_peer.py", ""),
    ("polars", "polars_peer.py", "file"),
    ("chdb", "clickhouse_peer.py", ""),
]
IMPORT = "1 import"
IN_MEMORY = "2 RFM and ABC-XYZ, in memory"
TO_PARQUET = "3 RFM and ABC-XYZ, to Parquet"

# Run in the peers' Python: counts of Dolka's own output in the form of contest.check.
COUNT_LABELS = """
import json, sys, pyarrow as pa, pyarrow.parquet as pq, pyarrow.compute as pc
table = pq.read_table(sys.argv[1])
bought = table.filter(pc.greater(table['orders'], 0))
def counts(name):
    found = pc.value_counts(pc.cast(bought[name], 'string')).to_pylist()
    return {row['values']: row['counts'] for row in found if row['values'] is not None}
exact = lambda name: pc.cast(bought[name], pa.decimal128(18, 4))
cents = lambda name: int(pc.sum(exact(name)).as_py() * 100)
print(json.dumps({'buyers': len(bought), 'orders': pc.sum(bought['orders']).as_py(),
    'revenue': cents('revenue'), 'margin': cents('margin'),
    'cv_sum': round(pc.sum(bought['revenue_cv']).as_py(), 2),
    'rfm': counts('rfm'), 'abc_xyz': counts('abc_xyz'), 'favourites': counts('favourite_category')}))
"""


RULES = """
rest = "others"

[[rule]]
name = "best"
when = "revenue > 1000 and orders >= 3"

[[rule]]
name = "asleep"
when = "did not order in the last 365 days"
"""


def every_segmentation(asked, base, work):
    """Every segmentation in one run: the pass over the facts, labels, fits; one sentence."""
    rules = work / "rules.toml"
    rules.write_text(RULES)
    runs = [dolka(asked, "every", base=base, rules=rules) for _ in range(asked.runs + 1)]
    parts, peak = [timings(run[1]) for run in runs[1:]], max(run[3] for run in runs)
    names = ("scan_s", "label_s", "fit_s")
    scan, label, fit = (statistics.median(part[name] for part in parts) for name in names)
    return (
        f"All ten segmentations of customers in one run: {scan:.2f} s for the pass over the facts, "
        f"{label:.2f} s for summaries and labels, {fit:.2f} s for fits; without fits "
        f"{(scan + label) / scan:.2f} times the pass (limit 2); peak {peak:.0f} MB."
    )


def with_the_rest(asked, base, work, csv):
    """The same where files of customers and products lie beside the orders; one sentence."""
    files = {kind: csv.parent / f"{kind}.csv" for kind in ("customers", "products")}
    if not all(file.exists() for file in files.values()):
        return "No files of customers and products lie beside the orders: a base that has them is not measured."
    fuller = work / "fuller"
    shutil.rmtree(fuller, ignore_errors=True)
    shutil.copytree(base, fuller)
    for kind, file in files.items():
        dolka(asked, f"import_{kind}", base=fuller, csv=file)
    parts, _, peak = segment_runs(asked, fuller, work / "fuller.parquet")
    took = statistics.median(map(in_memory, parts))
    scan = statistics.median(part["scan_s"] for part in parts)
    shutil.rmtree(fuller)
    return (
        f"Row 2 where customers and products are imported too: {took:.2f} s, "
        f"{scan:.2f} s of them for the pass over the facts; peak {peak:.0f} MB."
    )


def measure_dolka(asked, work, csv, table, python):
    """Import and segmentations; gives the answer to hold the peers to, and a sentence on decoding."""
    base, labels = work / "base", work / "labels.parquet"
    shutil.rmtree(base, ignore_errors=True)
    _, _, seconds, peak = dolka(asked, "import", base=base, csv=csv)
    table.add(IMPORT, "Dolka", "CSV to its base, sorted by customer and time", [seconds], peak)
    parts, walls, peak = segment_runs(asked, base, labels)
    table.add(IN_MEMORY, "Dolka", "its base", map(in_memory, parts), peak)
    table.add(TO_PARQUET, "Dolka", "its base; the whole process", walls, peak)
    medians = {name: round(statistics.median(part[name] for part in parts), 3) for name in parts[0]}
    say("Dolka's parts:", medians)
    ratio, scan, decode = scan_over_decode(asked, base, labels)
    floor = f"decoding the same columns alone, by the Parquet crate's reader, {decode:.2f} s"
    note = f"Dolka's scan takes {scan:.2f} s, {floor}: {ratio:.2f} times."
    note += "\n\n" + with_the_rest(asked, base, work, csv)
    note += "\n\n" + every_segmentation(asked, base, work)
    if not has(python, "pyarrow"):
        say("without pyarrow Dolka's answer is not compared")
        return None, note
    return json.loads(child([python, "-c", COUNT_LABELS, labels])[0]), note


def measure_import(asked, work, csv, table, python):
    out, _, _, peak = child([python, PEERS / "duckdb_import.py", csv, work / "sorted.parquet", asked.threads])
    table.add(IMPORT, "DuckDB", "CSV to Parquet sorted by customer and time", [float(out)], peak)
    (work / "sorted.parquet").unlink()


def measure_peers(asked, work, csv, table, python, here, answer):
    """Every peer at hand. Gives what they were given, names of those that failed and of those whose
    answer is another one."""
    facts = json.loads(child([python, PEERS / "prepare.py", csv, work, asked.threads])[0])
    lines = f"{facts['rows']:,} lines ({facts['lines']:,} of known customers)"
    say(f"{lines}, as of {facts['as_of']}")
    failed, different = [], []
    for name, script, variant in CONTESTANTS:
        if name not in asked.only & here:
            continue
        options = [python, PEERS / script, work, "--threads", asked.threads, "--runs", asked.runs]
        os.environ["POLARS_MAX_THREADS"] = str(asked.threads)
        try:
            if not variant:
                child([*options, "--load"])
            out, _, _, peak = child([*options, "--variant", variant])
        except Failed as reason:
            say(f"{name}: {reason}")
            failed.append(name)
            continue
        found = json.loads(out.splitlines()[-1])
        answer = answer or found["check"]
        differences = [key for key in answer if not same(answer[key], found["check"][key])]
        equal = "yes" if not differences else "no: " + ", ".join(differences)
        if differences:
            different.append(name)
        table.add(IN_MEMORY, found["engine"], found["layout"], found["times"], peak, equal)
        table.add(TO_PARQUET, found["engine"], found["layout"], found["written"], peak, equal)
        say(f"  processor time {statistics.median(found['cpu']):.2f} s, which other load lengthens less")
        for key in differences:
            say(f"  {key}: {answer[key]} against {found['check'][key]}")
    say("answer:", json.dumps(answer))
    return lines, failed, different


def same(one, other):
    """Exactly the same; sums of floats to their last digits, which depend on the order."""
    if isinstance(one, float):
        return abs(one - other) <= 0.02 + 1e-9 * abs(one)
    return one == other
