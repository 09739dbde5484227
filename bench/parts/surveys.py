"""Surveys of a textbook, imported as customers with attributes and clustered on what they say.

Dolnicar, Grün, Leisch: Market Segmentation Analysis (2018). The data are of R packages under the GPL; they
are read from where they lie and are no part of this project.
"""

import csv
import json
import statistics

# Of the best of 400 restarts of k-means on answers as 0 and 1.
FAST_FOOD_SSW = {
    **{2: 2145.503727, 3: 1818.700649, 4: 1602.899456, 5: 1434.601194},
    **{6: 1325.13012, 7: 1241.702472, 8: 1163.847462},
}
MOTIVES_SSW = {3: 3009.3939, 4: 2872.5578, 5: 2751.3580, 6: 2660.5314, 7: 2596.8455, 8: 2543.0699}
FAST_FOOD_SIZES = [240, 315, 318, 580]
# Shares of yes, two decimals.
FAST_FOOD_MEANS = [0.55, 0.91, 0.09, 0.87, 0.53, 0.90, 0.60, 0.64, 0.36, 0.20, 0.24]
# `fpc::clusterboot`, four clusters, 50 draws; which cluster is which is not said.
FAST_FOOD_STABILITY = [0.827, 0.852, 0.864, 0.878]
FEWER_STARTS = "how many starts theirs gave each draw is not known; ours has five"
# A bootstrap of so many draws differs by chance: the deviation is that of so many seeds.
DRAWS = 50
SEEDS = 10
# Best of so many seeds beside their best of 400 restarts; less is better.
SEEDS_OF_SQUARES = 15
# A profile plot marks an answer if the segment differs from all by so much, or by half of all.
MARKED = 0.25
MARKED_OF_ALL = 0.5
AS_OF = "2018-01-01"


def imported(dolka, source, folder, answers):
    """Makes a base of a survey; gives it with the answers by person, as 0 and 1."""
    with open(source, newline="") as text:
        people = list(csv.DictReader(text))
    names = list(people[0])[:answers]
    file, base = folder / f"{source.stem}.csv", folder / source.stem
    with open(file, "w", newline="") as out:
        writer = csv.writer(out)
        # A dot in a name is read as a field of a field by the language of rules.
        writer.writerow(["customer_id", *(name.replace(".", "_") for name in names)])
        for number, person in enumerate(people):
            writer.writerow([f"p{number:05}", *(person[name] for name in names)])
    dolka(base, "import", file, "--kind", "customers")
    coded = {f"p{number:05}": [int(person[name] in ("Yes", "1")) for name in names]
             for number, person in enumerate(people)}
    return base, [name.replace(".", "_") for name in names], coded


def asked(names, clusters, seed=1):
    settings = {"features": "", "answers": ",".join(names), "k": clusters, "seed": seed}
    sets = [part for name, value in settings.items() for part in ("--set", f"clusters.{name}={value}")]
    return ["clusters", "--as-of", AS_OF, *sets]


def grouped(dolka, base, names, clusters, folder, seed=1):
    """The people of each cluster, by its name."""
    out = folder / "labels.csv"
    dolka(base, "segment", *asked(names, clusters, seed), "--out", out)
    with open(out, newline="") as text:
        groups = {}
        for row in csv.DictReader(text):
            groups.setdefault(row["cluster"], []).append(row["customer_id"])
    return groups


def within(groups, coded):
    """The sum of squares within clusters."""
    total = 0.0
    for people in groups.values():
        for column in zip(*(coded[person] for person in people)):
            ones = sum(column)
            total += ones * (1 - ones / len(column))
    return total


def stabilities(dolka, base, names, seed):
    """How each of four clusters comes back."""
    command = ["check", *asked(names, 4), "--draws", DRAWS, "--seed", seed, "--format", "json"]
    found = json.loads(dolka(base, *command))[0]["segments"]
    return [one["stability"] for one in found if one["name"].startswith("cluster_")]


def compare(dolka, folder, fast_food, motives, line):
    """Prints ours beside theirs."""
    for source, answers, known in ((fast_food, 11, FAST_FOOD_SSW), (motives, 20, MOTIVES_SSW)):
        base, names, coded = imported(dolka, source, folder, answers)
        print(f"\n{source.stem}: {len(coded)} people, {answers} answers")
        print(f"{'':<46} {'dolka':>24}   {'reference':<24}")
        for clusters, theirs in known.items():
            seeds = range(1, SEEDS_OF_SQUARES + 1)
            ours = min(within(grouped(dolka, base, names, clusters, folder, seed), coded) for seed in seeds)
            # Theirs of the second survey have four decimals.
            equal = abs(ours - theirs) <= 2e-4
            why = "" if equal else "less: a better cut than the best of theirs" if ours < theirs else "more"
            line(f"sum of squares within, k = {clusters}", f"{ours:.4f}", f"{theirs:.4f}", why, equal)
        if source == fast_food:
            profile(dolka, base, names, folder, line)


def profile(dolka, base, names, folder, line):
    """Sizes, stability and profiles of fast food."""
    groups = grouped(dolka, base, names, 4, folder)
    sizes = sorted(len(people) for people in groups.values())
    line("sizes, k = 4", "/".join(map(str, sizes)), "/".join(map(str, FAST_FOOD_SIZES)))
    runs = [sorted(stabilities(dolka, base, names, seed)) for seed in range(1, SEEDS + 1)]
    for place, theirs in enumerate(FAST_FOOD_STABILITY):
        marks = [run[place] for run in runs]
        ours, deviation = statistics.mean(marks), statistics.stdev(marks)
        equal = abs(ours - theirs) <= 3 * deviation
        why = "" if equal else FEWER_STARTS
        shown = f"{ours:.3f} ± {deviation:.3f}"
        line(f"stability, k = 4, {place + 1} from the lowest", shown, f"{theirs:.3f}", why, equal)
    portraits = json.loads(dolka(base, "portrait", *asked(names, 4), "--format", "json"))
    said = [(one["segment"], special) for one in portraits for special in one["special"]]
    said = [(segment, special) for segment, special in said if special["value"] == "Yes"]
    base_shares = {special["name"]: special["base"] for _, special in said}
    for name, theirs in zip(names, FAST_FOOD_MEANS):
        line(f"share of yes, {name}", f"{base_shares.get(name, 0):.2f}", f"{theirs:.2f}")
    for segment in sorted({segment for segment, _ in said}):
        own = [special for of, special in said if of == segment]
        marked = [special["name"] for special in own if is_marked(special["inside"], special["base"])]
        print(f"marked in the profile plot, {segment}: {', '.join(marked)}")


def is_marked(inside, base):
    return abs(inside - base) > min(MARKED, MARKED_OF_ALL * base)
