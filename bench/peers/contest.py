"""What every peer does alike: its arguments, its repeats, and the answer that proves equal work.

The work, by the project's own definitions: per customer with an order, the number of orders, first
and last day, net revenue, margin, the coefficient of variation of monthly revenue over the last 12
whole months (zero months since the first purchase counted), the category with the most net money
(ties to the first by name); then RFM by terciles with ties together, ABC at 80 and 95 %, XYZ at 10
and 25 %. One row per customer is materialised in memory, and for a second figure also written to
Parquet. Money is whole cents, so sums are exact.
"""

import argparse
import datetime
import json
import pathlib
import time

PERIODS = 12
EPOCH = datetime.date(1970, 1, 1)
# A favourite travels as money × 64 + (63 − place of the name), so that one max() settles ties.
CATEGORY_ROOM = 64


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("work", type=pathlib.Path, help="folder with lines.parquet and facts.json")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--variant", default="")
    parser.add_argument("--load", action="store_true", help="make the native table instead of timing")
    return parser.parse_args()


def facts(work):
    """As-of day, window and categories of the lines, as prepare.py found them."""
    known = json.loads((work / "facts.json").read_text())
    as_of = datetime.date.fromisoformat(known["as_of"])
    this_month = (as_of.year - 1970) * 12 + as_of.month - 1
    whole = (as_of + datetime.timedelta(days=1)).month != as_of.month
    known["as_of"] = as_of
    known["last_month"] = this_month if whole else this_month - 1
    known["first_month"] = known["last_month"] - PERIODS + 1
    known["window_start"] = first_day(known["first_month"])
    known["window_end"] = first_day(known["last_month"] + 1)
    return known


def first_day(month):
    return datetime.date(1970 + month // 12, month % 12 + 1, 1)


def rank_of_cut(j, count, groups=3):
    """The rank, from 1, at which cut j stands: ceil(j·n / groups)."""
    return -(-j * count // groups)


def repeat(runs, work):
    """Warm runs (one more comes first and is not counted): their seconds, their processor seconds over
    all threads, and the last answer."""
    times, cpus, answer = [], [], None
    for number in range(runs + 1):
        answer = None
        start, cpu = time.perf_counter(), time.process_time()
        answer = work()
        if number:
            times.append(time.perf_counter() - start)
            cpus.append(time.process_time() - cpu)
    return times, cpus, answer


def contend(asked, work, write):
    """The work in memory, then the same with its answer written to a Parquet file by `write(answer, path)`.

    The file has zstd at its lowest level, as Dolka's has. Start of the process, connections and imports
    are in neither figure.
    """
    times, cpus, answer = repeat(asked.runs, work)
    path = asked.work / "answer.parquet"
    written, _, _ = repeat(asked.runs, lambda: write(work(), path))
    path.unlink()
    return {"times": times, "cpu": cpus, "written": written}, answer


def report(engine, layout, figures, check):
    print(json.dumps({"engine": engine, "layout": layout, **figures, "check": check}))


def check(buyers, orders, revenue, margin, cv_sum, rfm, abc_xyz, favourites):
    """The checksum table two engines must agree on; money in cents."""
    return {
        "buyers": int(buyers),
        "orders": int(orders),
        "revenue": int(revenue),
        "margin": int(margin),
        # Sums of floats differ in the last digits by their order.
        "cv_sum": round(float(cv_sum), 2),
        "rfm": {key: int(count) for key, count in sorted(rfm)},
        "abc_xyz": {key: int(count) for key, count in sorted(abc_xyz)},
        "favourites": {key: int(count) for key, count in sorted(favourites)},
    }
