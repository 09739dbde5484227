"""k-means on made-up customers: Dolka's arithmetic and scikit-learn's, from the same rows and centres."""

import json
import pathlib
import statistics

from .processes import child, say
from .venv import has

PEERS = pathlib.Path(__file__).resolve().parent.parent / "peers"
COLUMNS, CLUSTERS = 6, 8
SMOKE_ROWS, FULL_ROWS = 50_000, 2_000_000
LLOYD = "7 k-means to its end"
BOOTSTRAP = "8 100 redraws of 10 000 customers, clustered"
# Both of its algorithms on both widths of numbers: it is measured at its best.
VARIANTS = [(kind, algorithm) for kind in ("float64", "float32") for algorithm in ("lloyd", "elkan")]
# Sums of squares in the wider numbers may differ in their last digits.
SAME = 1e-9


def measure_clusters(asked, work, table, python, here):
    """Both run until no customer changes its cluster; gives a sentence on how they compare."""
    speed = asked.dolka.parent / "examples/cluster_speed"
    if not speed.exists():
        return "k-means is left out: build it by `cargo build --release -p dolka-model --examples`."
    if not has(python, "numpy"):
        return "k-means is left out: numpy, which writes its customers, is not here."
    rows = SMOKE_ROWS if asked.smoke else FULL_ROWS
    child([python, PEERS / "clusters_rows.py", work, rows, COLUMNS, CLUSTERS, asked.seed])
    files = [work / "rows.npy", work / "centres.npy"]
    out, _, _, peak = child([speed, *files, asked.threads, asked.runs])
    ours = json.loads(out)
    shape = f"{rows:,} × {COLUMNS}, {CLUSTERS} clusters"
    table.add(LLOYD, "Dolka", f"{shape}, {ours['iterations']} rounds", ours["times"], peak)
    table.add(BOOTSTRAP, "Dolka", "one seed per redraw", [ours["bootstrap"]], peak)
    say(f"Dolka's own seeds, ten restarts: {ours['search']:.2f} s, inertia {ours['search_inertia']:.3f}")
    if "sklearn" not in asked.only & here:
        return "scikit-learn is not here to be compared with."
    best = None
    for kind, algorithm in VARIANTS:
        options = [python, PEERS / "clusters_sklearn.py", work, asked.threads, asked.runs, 0, kind, algorithm]
        out, _, _, peak = child(options)
        found = json.loads(out)
        apart = abs(found["inertia"] - ours["inertia"]) / ours["inertia"]
        equal = "yes" if apart <= SAME else f"inertia {apart:.0e} apart"
        layout = f"{kind}, {algorithm}, {found['iterations']} rounds"
        table.add(LLOYD, found["engine"], layout, found["times"], peak, equal)
        table.add(BOOTSTRAP, found["engine"], layout.rsplit(",", 1)[0], [found["bootstrap"]], peak)
        best = min(best or found["times"], found["times"], key=statistics.median)
    times = statistics.median(best) / statistics.median(ours["times"])
    return f"The fastest of scikit-learn's k-means takes {times:.1f} times as long as Dolka's."
