"""pandas as an analyst would: read Online Retail, give every customer a letter for R, F and M."""

import json
import sys

import pandas as pd

lines = pd.read_csv(sys.argv[1], dtype={"InvoiceNo": str, "StockCode": str, "CustomerID": "Int64"})
lines = lines[lines.CustomerID.notna()]
day = pd.to_datetime(lines.InvoiceDate).dt.normalize()
lines = lines.assign(day=day, amount=(lines.Quantity * lines.UnitPrice * 10_000).round().astype("int64"))
orders = lines.groupby(["CustomerID", "InvoiceNo"]).agg(
    day=("day", "min"), amount=("amount", "sum"), top=("amount", "max")
)
bought = orders[orders.top >= 0].groupby("CustomerID").agg(last=("day", "max"), frequency=("amount", "size"))
bought["money"] = orders.groupby("CustomerID").amount.sum()
as_of = day.max()
bought["recency"] = -(as_of - bought["last"]).dt.days


def letters(values):
    ordered = values.sort_values().to_numpy()
    cuts = [ordered[-(-j * len(ordered) // 3) - 1] for j in (1, 2)]
    return values.map(lambda value: "A" if value <= cuts[0] else "B" if value <= cuts[1] else "C")


bought["rfm"] = letters(bought.recency) + letters(bought.frequency) + letters(bought.money)
print(json.dumps({"buyers": len(bought), "rfm": bought.rfm.value_counts().sort_index().to_dict()}))
