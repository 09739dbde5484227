"""Polars' streaming engine, on a frame in memory or on the sorted Parquet file."""

import polars as pl

from contest import CATEGORY_ROOM, arguments, check, contend, facts, rank_of_cut, report

asked = arguments()
if asked.load:
    raise SystemExit
known = facts(asked.work)
ROOM = CATEGORY_ROOM
COLUMNS = ["customer_id", "day", "category", "amount", "cost", "opens_order", "is_return"]


def source():
    lines = pl.scan_parquet(asked.work / "lines.parquet").select(COLUMNS)
    names = pl.Enum(known["categories"])
    return lines.with_columns(pl.col("category").cast(names))


if asked.variant == "file":
    lines, layout = source(), "Parquet sorted by customer and time"
else:
    lines = source().collect(engine="streaming").set_sorted("customer_id").lazy()
    layout = "frame in memory, sorted by customer and time"


def month(column):
    return (pl.col(column).dt.year() - 1970) * 12 + pl.col(column).dt.month().cast(pl.Int32) - 1


def features():
    bought = ~pl.col("is_return")
    customers = lines.group_by("customer_id").agg(
        orders=(pl.col("opens_order") & bought).sum().cast(pl.Int64),
        first_day=pl.col("day").filter(bought).min(),
        last_day=pl.col("day").filter(bought).max(),
        revenue=pl.col("amount").sum(),
        margin=(pl.col("amount") - pl.col("cost")).sum(),
    )
    code = pl.col("category").to_physical().cast(pl.Int64)
    favourites = (
        lines.group_by("customer_id", "category")
        .agg(money=pl.col("amount").sum())
        .group_by("customer_id")
        .agg(favourite=(pl.col("money") * ROOM + (ROOM - 1) - code).max())
    )
    periods = (
        lines.filter(pl.col("day") >= known["window_start"], pl.col("day") < known["window_end"])
        .group_by("customer_id", month("day").alias("month"))
        .agg(money=pl.col("amount").sum())
        .group_by("customer_id")
        .agg(periods_revenue=pl.col("money").sum(), squares=pl.col("money").cast(pl.Float64).pow(2).sum())
    )
    mean = pl.col("periods_revenue") / pl.col("periods_known")
    spread = (pl.col("squares") / pl.col("periods_known") - mean * mean).clip(0).sqrt()
    return (
        customers.join(favourites, on="customer_id")
        .join(periods, on="customer_id", how="left")
        .filter(pl.col("orders") > 0)
        .with_columns(
            recency=(pl.lit(known["as_of"]) - pl.col("last_day")).dt.total_days(),
            code=(ROOM - 1) - pl.col("favourite").mod(ROOM),
            periods_revenue=pl.col("periods_revenue").fill_null(0),
            squares=pl.col("squares").fill_null(0.0),
            periods_known=(known["last_month"] + 1 - month("first_day")).clip(0, 12),
        )
        .with_columns(
            cv=pl.when(pl.col("periods_revenue") > 0, pl.col("periods_known") > 0).then(spread / mean)
        )
        .collect(engine="streaming")
    )


def abc_cuts(frame):
    amounts = (
        frame.filter(pl.col("periods_revenue") > 0)
        .group_by(value="periods_revenue")
        .agg(money=pl.col("periods_revenue").sum())
        .sort("value", descending=True)
        .with_columns(more=pl.col("money").cum_sum() - pl.col("money"))
    )
    total = amounts["money"].sum()
    return [amounts.filter(pl.col("more") * 100 < total * limit)["value"].min() for limit in (80, 95)]


def letters(value, lowest, middle, names):
    low, mid, high = (pl.lit(name) for name in names)
    return pl.when(value <= lowest).then(low).when(value <= middle).then(mid).otherwise(high)


def features_and_labels():
    frame = features()
    parts = []
    for value in (-pl.col("recency"), pl.col("orders"), pl.col("revenue")):
        ordered = frame.select(value).to_series().sort()
        cuts = [ordered[rank_of_cut(j, len(frame)) - 1] for j in (1, 2)]
        parts.append(letters(value, *cuts, "ABC"))
    abc = abc_cuts(frame)
    # The same three-way choice, on the negative: A is the highest.
    a_b_c = letters(-pl.col("periods_revenue"), -abc[0], -abc[1], "ABC")
    x_y_z = letters(pl.col("cv").fill_null(9e9), 0.10, 0.25, "XYZ")
    x_y_z = pl.when(pl.col("periods_known") < 3).then(pl.lit("N")).otherwise(x_y_z)
    return frame.with_columns(rfm=pl.concat_str(parts), abc_xyz=pl.concat_str([a_b_c, x_y_z]))


def write(frame, path):
    names = pl.col("code").replace_strict(dict(enumerate(known["categories"])), return_dtype=pl.String)
    frame.with_columns(names).write_parquet(path, compression="zstd", compression_level=1)


figures, answer = contend(asked, features_and_labels, write)
counts = [answer.group_by(key).len().rows() for key in ("rfm", "abc_xyz", "code")]
favourites = [(known["categories"][code], count) for code, count in counts[2]]
sums = [answer[name].sum() for name in ("orders", "revenue", "margin", "cv")]
report(
    f"Polars {pl.__version__}", layout, figures, check(len(answer), *sums, counts[0], counts[1], favourites)
)
