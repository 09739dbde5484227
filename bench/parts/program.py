"""Everything the benches ask of Dolka."""

import contextlib
import json
import statistics

from .processes import Failed, child

COMMANDS = {
    # The last day is fixed: the same seed gives the same shop on every day.
    "demo": [
        *("demo", "--customers", "{customers}", "--orders", "{orders}", "--seed", "{seed}"),
        *("--files", "{folder}", "--last-day", "2025-06-30"),
    ],
    "import": ["--base", "{base}", "import", "{csv}", "--format", "json"],
    # The favourite category is what the peers work out too.
    "segment": [
        *("--base", "{base}", "segment", "rfm", "abc_xyz", "--features", "favourite_category"),
        *("--out", "{out}", "--timings"),
    ],
    "every": [
        *("--base", "{base}", "segment", "rfm", "abc_xyz", "ltv", "stage", "volume", "readiness"),
        *("attributes", "clusters", "effort", "rules", "--rules", "{rules}", "--set", "attributes.by=orders"),
        "--timings",
    ],
    "decode": [
        *("--base", "{base}", "segment", "rfm", "abc_xyz", "--features", "favourite_category"),
        *("--out", "{out}", "--timings", "--time-decoding"),
    ],
    "import_customers": ["--base", "{base}", "import", "{csv}", "--kind", "customers", "--format", "json"],
    "import_products": ["--base", "{base}", "import", "{csv}", "--kind", "products", "--format", "json"],
    # All closed opportunities there are; the amount is known of won ones only, so Dolka leaves it out.
    "deals": [
        *("--base", "{base}", "deals", "--deals", "6711", "--target", "won"),
        *("--without", "amount", "--format", "json"),
    ],
    "report": ["report", "{csv}", "--out", "{out}"],
    # A base with everything that the sample shop exports.
    "demo_base": [
        *("--base", "{base}", "demo", "--customers", "{customers}", "--orders", "{orders}"),
        *("--seed", "{seed}", "--last-day", "2025-06-30", "--out", "{out}"),
    ],
    "check": ["--base", "{base}", "check", "--draws", "{draws}", "--format", "json"],
    "portrait": ["--base", "{base}", "portrait", "--format", "json"],
    "moves": ["--base", "{base}", "moves", "rfm", "--from", "{day}", "--format", "json"],
    "base_report": ["--base", "{base}", "report", "--out", "{out}"],
}


def dolka(asked, verb, **values):
    """Runs the program; output, error output, seconds, peak in MB."""
    return child(command(asked, verb, **values))


def command(asked, verb, **values):
    """The command line of a verb."""
    filled = [part.format(**values) for part in COMMANDS[verb]]
    return [asked.dolka, "--threads", asked.threads, "--quiet", *filled]


def timings(stderr):
    """The JSON object that --timings puts on a line of stderr."""
    for line in reversed(stderr.splitlines()):
        with contextlib.suppress(ValueError):
            found = json.loads(line)
            if isinstance(found, dict) and "total_s" in found:
                return found
    raise Failed("`dolka segment --timings` printed no timings")


def in_memory(parts):
    """Seconds until every customer's features and labels are in memory."""
    return sum(parts[name] for name in ("open_s", "scan_s", "fit_s", "label_s"))


def segment_runs(asked, base, out):
    """Parts, seconds of whole processes and highest peak of warm runs; one more comes first."""
    runs = [dolka(asked, "segment", base=base, out=out) for _ in range(asked.runs + 1)]
    parts = [timings(run[1]) for run in runs[1:]]
    return parts, [run[2] for run in runs[1:]], max(run[3] for run in runs)


def scan_over_decode(asked, base, out):
    """How many times as long as mere decoding of the same columns the scan takes: median, and both."""
    runs = [timings(dolka(asked, "decode", base=base, out=out)[1]) for _ in range(asked.runs + 1)][1:]
    scan, decode = (statistics.median(run[name] for run in runs) for name in ("scan_s", "decode_s"))
    return scan / decode, scan, decode


def make_shop(asked, orders, customers, folder):
    """Writes the sample shop; gives its orders.csv."""
    dolka(asked, "demo", orders=orders, customers=customers, seed=asked.seed, folder=folder)
    return folder / "orders.csv"
