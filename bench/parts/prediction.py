"""Prediction: fits of Dolka beside those of lifetimes, on CDNOW and on a large shop."""

import csv
import json
import pathlib
import statistics

from .processes import Failed, child, say

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PEER = ROOT / "bench/peers/lifetimes_peer.py"
SAMPLE = ROOT / "data/cdnow_sample.csv"
MASTER = ROOT.parent / "shared/data/cdnow_master.txt"
# The last day of the calibration in the literature.
CUT = "1997-09-30"
MODELS = ("bg_nbd", "mbg_nbd", "pareto_nbd")
PARAMETERS = {"gamma_gamma": ("p", "q", "gamma"), "pareto_nbd": ("r", "alpha", "s", "beta")}
# Seconds of one fit on 2,357 customers, of processors of other machines of ours; pymc-marketing's is
# the first fit, which compiles. They need R or take long to install, so they are no part of a run.
ELSEWHERE = {
    "CLVTools": {"bg_nbd": 3.21, "pareto_nbd": 3.79, "gamma_gamma": 0.316},
    "BTYD, BTYDplus": {"bg_nbd": 0.591, "mbg_nbd": 0.137, "pareto_nbd": 1.839, "gamma_gamma": 0.112},
    "pymc-marketing": {"bg_nbd": 7.5, "mbg_nbd": 19.0, "pareto_nbd": 32.0, "gamma_gamma": 7.6},
}
# How far log-likelihoods of the same data may lie apart and count as equal, as a share.
SAME = 1e-8
DAYS_PER_WEEK = 7


def program(asked, base, *words):
    return child([asked.dolka, "--threads", asked.threads, "--base", base, "--quiet", *words])


def cdnow_tenfold(path):
    """The whole of CDNOW, 23,570 customers; without it the sample ten times, each with ids of its own."""
    if MASTER.exists():
        lines = [line.split() for line in MASTER.read_text().splitlines()]
        lines = [line for line in lines if len(line) > 1 and line[1].isdigit()]
        rows = [(line[0], line[1], line[-1]) for line in lines]
    else:
        with SAMPLE.open() as file:
            known = [(row["customer_id"], row["date"], row["amount"]) for row in csv.DictReader(file)]
        rows = [(f"{copy}-{customer}", *rest) for copy in range(10) for customer, *rest in known]
    with path.open("w") as file:
        out = csv.writer(file)
        out.writerow(("customer_id", "date", "amount"))
        out.writerows(rows)


def histories(asked, base, path, *moment):
    """Writes x, t_x, T in weeks and the mean of repeat days, as Dolka's features give them."""
    names = ("gaps", "order_span_days", "age_days", "repeat_revenue")
    program(asked, base, "features", *names, *moment, "--out", path)
    count, text = 0, []
    with path.open() as file:
        for row in csv.DictReader(file):
            if not row["age_days"]:
                continue
            x, last, age = (int(row[name]) for name in names[:3])
            mean = float(row["repeat_revenue"]) / x if x else 0.0
            text.append(f"{x},{last / DAYS_PER_WEEK!r},{age / DAYS_PER_WEEK!r},{mean!r}\n")
            count += 1
    path.write_text("".join(text))
    return count


def fits(asked, base, runs, *words):
    """Runs `dolka predict`: models by name as printed, seconds of fits, of answers, whole, peak MB."""
    found, seconds, answers, walls, peaks = {}, {}, [], [], []
    for number in range(runs + (runs > 1)):
        out, err, wall, peak = program(asked, base, "predict", "--format", "json", "--timings", *words)
        timings = json.loads(err.strip().splitlines()[-1])
        found = {line["model"]: line for line in map(json.loads, out.splitlines())}
        peaks.append(peak)
        if number or runs == 1:
            walls.append(wall)
            answers.append(timings["predict_s"])
            for name, value in timings["fit_s"].items():
                seconds.setdefault(name, []).append(value)
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    return found, medians, statistics.median(answers), statistics.median(walls), max(peaks)


def beside(asked, python, path, model, answer, runs):
    """The peer's fit of the same histories, and Dolka's parameters in the peer's formula."""
    known = answer if model != "gamma_gamma" else answer["spend"]
    names = PARAMETERS.get(model, ("r", "alpha", "a", "b"))
    if not all(name in known["parameters"] for name in names):
        say(f"{model}: fell back to {answer['fitted']}, nothing to compare")
        return None
    given = ",".join(repr(known["parameters"][name]) for name in names)
    out = child([python, PEER, path, model, "--runs", runs, f"--given={given}"])[0]
    return {**json.loads(out), "own": known["log_likelihood"]}


def row(size, model, own, peer):
    ratio = f"{peer['seconds'] / own:.0f}"
    agree = abs(peer["log_likelihood_given"] / peer["own"] - 1) < SAME
    figures = f"{own * 1000:.2f} | {peer['seconds'] * 1000:.0f} | {ratio}"
    likelihoods = f"{peer['own']:.4f} | {peer['log_likelihood']:.4f} | {'yes' if agree else 'NO'}"
    print(f"| {size} | {model} | {figures} | {likelihoods} |", flush=True)
    if not agree:
        raise Failed(f"{model}: Dolka says {peer['own']}, its parameters give {peer['log_likelihood_given']}")


def measure_cdnow(asked, work, python):
    print("| customers | model | Dolka, ms | lifetimes, ms | times | log-likelihood, Dolka | lifetimes | formula agrees |")
    print("| ---: | --- | ---: | ---: | ---: | ---: | ---: | --- |")
    whole = work / "cdnow.csv"
    cdnow_tenfold(whole)
    fitted = {}
    for source in (SAMPLE, whole):
        base, path = work / f"{source.stem}-base", work / f"{source.stem}-histories.csv"
        program(asked, base, "import", source)
        count = histories(asked, base, path, "--as-of", CUT)
        found, seconds, _, _, _ = fits(asked, base, asked.runs, "--as-of", CUT, "--model", ",".join(MODELS))
        for model in (*MODELS, "gamma_gamma"):
            answer = found.get(model) or next(iter(found.values()))
            peer = beside(asked, python, path, model, answer, 3)
            row(f"{count:,}", model, seconds[model], peer)
        fitted = fitted or seconds
    print("\nOn the 2,357 customers, fits of others measured elsewhere, and how many times Dolka's of this run:\n")
    print("| | " + " | ".join((*MODELS, "gamma_gamma")) + " |")
    print("| --- |" + " ---: |" * 4)
    for name, known in ELSEWHERE.items():
        cells = [f"{known[m]:.2f} s, {known[m] / fitted[m]:,.0f}" if m in known else "–" for m in fitted_order(fitted)]
        print(f"| {name} | " + " | ".join(cells) + " |")


def fitted_order(fitted):
    return [model for model in (*MODELS, "gamma_gamma") if model in fitted]


def measure_shop(asked, work, python, base):
    """A large shop: `dolka predict` for all its customers beside a fit alone."""
    path, out = work / "histories.csv", work / "predictions.parquet"
    count = histories(asked, base, path)
    print(f"\n{count:,} customers with an order of a sample shop of {asked.customers:,}:\n")
    print("| model | Dolka: whole process, s | fits | fits and predictions | peak, MiB | lifetimes: the fit, s | peak, MiB | times |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |", flush=True)
    for words, model in (((), "usual"), (("--model", "bg_nbd"), "bg_nbd"), (("--model", "pareto_nbd"), "pareto_nbd")):
        found, seconds, answers, wall, peak = fits(asked, base, asked.runs, *words, "--out", out)
        fit = sum(value for name, value in seconds.items() if name != "gamma_gamma")
        both = sum(seconds.values()) + answers
        cells = f"| {model} | {wall:.2f} | {fit:.2f} | {both:.2f} | {peak * 1e6 / 2**20:.0f} |"
        peer = None
        if model == "bg_nbd" or (model == "pareto_nbd" and asked.slow_peers):
            try:
                peer = beside(asked, python, path, model, found[model], 1)
            except Failed as reason:
                say(reason)
        if peer:
            cells += f" {peer['seconds']:.1f} | {peer['peak_mb'] * 1e6 / 2**20:.0f} | {peer['seconds'] / both:.1f} |"
        else:
            cells += " – | – | – |"
        print(cells, flush=True)
