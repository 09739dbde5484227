"""What won opportunities have in common: Dolka, with a verdict, against pysubgroup, which has none."""

import gzip
import json
import pathlib
import shutil
import statistics

from .processes import child, say
from .program import dolka

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PEER = ROOT / "bench/peers/pysubgroup_peer.py"
PIPELINE = ROOT / "data/crm_sales_pipeline.csv.gz"
ACCOUNTS = ROOT / "data/crm_accounts.csv"
SEARCH = "5 search for criteria of 6 711 deals"
WHOLE = "6 the same, with a verdict"


def measure_criteria(asked, work, table, python, here):
    """Rows of the table; gives notes, and the peer's name if its best rules are others."""
    ours = measure_dolka(asked, work, table) if "dolka" in asked.only else None
    if "pysubgroup" not in asked.only & here:
        return [], []
    out, _, _, peak = child([python, PEER, PIPELINE, ACCOUNTS, asked.runs])
    found = json.loads(out)
    best = [[rule["covered"], rule["positives"]] for rule in found["best"]]
    same = ours is None or best[: len(ours["best"])] == ours["best"]
    what = f"pandas in memory, {found['selectors']} selectors, rules of two"
    equal = "yes" if same else "no"
    table.add(SEARCH, f"pysubgroup {found['version']}", what, found["times"], peak, equal)
    say("pysubgroup's best:", "; ".join(rule["rule"] for rule in found["best"]))
    if ours is None:
        return [], []
    ratio = statistics.median(found["times"]) / statistics.median(ours["times"])
    note = f"Dolka's search for criteria is {ratio:.0f} times as fast as pysubgroup's."
    return [note], [] if same else ["pysubgroup"]


def measure_dolka(asked, work, table):
    """The whole process with its verdict, and the search alone: its times and best rules, or None."""
    base, plain = work / "deals", work / "crm_sales_pipeline.csv"
    shutil.rmtree(base, ignore_errors=True)
    dolka(asked, "import", base=base, csv=PIPELINE)
    dolka(asked, "import_customers", base=base, csv=ACCOUNTS)
    runs = [dolka(asked, "deals", base=base) for _ in range(asked.runs + 1)][1:]
    times, peak = [run[2] for run in runs], max(run[3] for run in runs)
    table.add(WHOLE, "Dolka", "`dolka deals`, 1 000 permutations; the whole process", times, peak)
    speed = asked.dolka.parent / "examples/criteria_speed"
    if not speed.exists():
        say("the search alone is left out: build it by `cargo build --release -p dolka-model --examples`")
        return None
    with gzip.open(PIPELINE, "rb") as packed, plain.open("wb") as out:
        shutil.copyfileobj(packed, out)
    out, _, _, peak = child([speed, plain, ACCOUNTS, asked.runs])
    found = json.loads(out)
    table.add(SEARCH, "Dolka", "columns in memory, the same selectors, rules of two", found["times"], peak)
    return found
