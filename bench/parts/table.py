"""The table of rows that stand beside each other."""

import statistics

from .processes import say


class Table:
    def __init__(self):
        self.rows = []

    def add(self, task, engine, layout, times, peak, equal="–"):
        times = list(times)
        self.rows.append((task, engine, layout, times, peak, equal))
        say(f"{task}: {engine}: {statistics.median(times):.2f} s")

    def print(self):
        print("| task | engine | layout | median s | range s | times Dolka | peak RSS MB | same answer |")
        print("| --- | --- | --- | ---: | --- | ---: | ---: | --- |")
        ours = {row[0]: statistics.median(row[3]) for row in self.rows if row[1] == "Dolka"}
        for task, engine, layout, times, peak, equal in sorted(self.rows, key=lambda row: row[0]):
            median = statistics.median(times)
            spread = f"{min(times):.2f}–{max(times):.2f}" if len(times) > 1 else "one run"
            ratio = f"{median / ours[task]:.1f}" if ours.get(task) else "–"
            figures = f"{median:.2f} | {spread} | {ratio} | {peak:.0f}"
            print(f"| {task} | {engine} | {layout} | {figures} | {equal} |")
