"""What won opportunities have in common: Dolka, with a verdict, against pysubgroup, which has none."""

import json
import pathlib
import shutil
import statistics

from .processes import child, say
from .program import dolka, timings

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PEER = ROOT / "bench/peers/pysubgroup_peer.py"
PIPELINE = ROOT / "data/crm_sales_pipeline.csv.gz"
ACCOUNTS = ROOT / "data/crm_accounts.csv"
TASK = "5 criteria of 6 711 deals"
PERMUTED = "6 the same, judged by 1 000 permutations"
COMPARED = 3


def measure_criteria(asked, work, table, python, here):
    """Rows of the table; gives notes, and the peer's name if its best rules are others."""
    base, best, ours = work / "deals", None, []
    if "dolka" in asked.only:
        shutil.rmtree(base, ignore_errors=True)
        dolka(asked, "import", base=base, csv=PIPELINE)
        dolka(asked, "import_customers", base=base, csv=ACCOUNTS)
        for task, permutations in ((TASK, 0), (PERMUTED, 1000)):
            runs = [dolka(asked, "deals", base=base, permutations=permutations) for _ in range(asked.runs + 1)]
            times, peak = [timings(run[1])["total_s"] for run in runs[1:]], max(run[3] for run in runs)
            verdict = "by Tarone's bound" if permutations == 0 else "by permutations"
            table.add(task, "Dolka", f"its base to findings; verdict {verdict}", times, peak)
            ours = ours or times
            best = best_of(json.loads(runs[0][0])["search"]["findings"])
    if "pysubgroup" not in asked.only & here:
        return [], []
    out, _, _, peak = child([python, PEER, PIPELINE, ACCOUNTS, asked.runs])
    found = json.loads(out)
    tops = [(rule["covered"], rule["positives"]) for rule in found["best"][:COMPARED]]
    same = best is None or tops == best
    what = f"pandas in memory; {found['selectors']} selectors, bit sets, the search alone; no verdict"
    equal = "yes" if same else "no"
    table.add(TASK, f"pysubgroup {found['version']}", what, found["times"], peak, equal)
    say("pysubgroup's best:", *(rule["rule"] for rule in found["best"][:COMPARED]), sep="\n  ")
    if not ours:
        return [], []
    ratio = statistics.median(found["times"]) / statistics.median(ours)
    note = f"From its base to findings Dolka is {ratio:.1f} times as fast as pysubgroup's search alone."
    return [note], [] if same else ["pysubgroup"]


def best_of(findings):
    """Covered rows and positives of the rules that rank first."""
    ((kind, found),) = findings["outcome"].items()
    best = found if kind == "criteria" else [one["criterion"] for one in found]
    return [(one["covered"], one["positives"]) for one in best[:COMPARED]]
