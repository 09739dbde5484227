"""Online Retail from the file to segments, whole processes: a file as people have it."""

import gzip
import pathlib
import shutil

from .processes import child, say
from .program import dolka

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PANDAS = ROOT / "bench/peers/pandas_rfm.py"
WHOLE = ROOT.parent / "shared/data/online_retail.csv.gz"
SAMPLE = ROOT / "data/online_retail_sample.csv.gz"


def unpacked(asked, work):
    """Online Retail as a plain CSV file, and what it is: the whole or the sample in `data`."""
    path = asked.online_retail or (WHOLE if WHOLE.exists() else SAMPLE)
    csv = work / "online_retail.csv"
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rb") as packed, csv.open("wb") as plain:
        shutil.copyfileobj(packed, plain)
    return csv, "Online Retail" if path != SAMPLE else "sample of Online Retail"


def measure_retail(asked, work, table, python, here):
    """The whole report, as `dolka report FILE` gives it to anybody, against pandas with RFM alone."""
    csv, name = unpacked(asked, work)
    task = f"4 {name}"
    if "dolka" in asked.only:
        out = work / "report.html"
        # No option takes anything out of the report: neither a check, nor a draw, nor a section.
        runs = [dolka(asked, "report", csv=csv, out=out) for _ in range(asked.runs + 1)][1:]
        times, peak = [run[2] for run in runs], max(run[3] for run in runs)
        table.add(task, "Dolka", "CSV to `report.html`, the whole report; the whole process", times, peak)
    if "pandas" in asked.only & here:
        runs = [child([python, PANDAS, csv]) for _ in range(asked.runs + 1)][1:]
        version = child([python, "-c", "import pandas; print(pandas.__version__)"])[0].strip()
        say("pandas:", runs[0][0].strip())
        times, peak = [run[2] for run in runs], max(run[3] for run in runs)
        table.add(task, f"pandas {version}", "CSV to RFM in memory; the whole process", times, peak)
