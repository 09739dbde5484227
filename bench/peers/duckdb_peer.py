"""DuckDB on its native table, sorted by customer and time."""

import duckdb

from contest import CATEGORY_ROOM, arguments, check, contend, facts, rank_of_cut, report

asked = arguments()
known = facts(asked.work)
path = asked.work / "peer.duckdb"

if asked.load:
    path.unlink(missing_ok=True)
    db = duckdb.connect(str(path))
    db.execute(f"SET threads = {asked.threads}; SET memory_limit = '8GB'")
    names = ", ".join("'" + name.replace("'", "''") + "'" for name in known["categories"])
    db.execute(f"CREATE TYPE category_name AS ENUM ({names})")
    db.execute(
        f"""
        CREATE TABLE lines AS
        SELECT customer_id, day, category::category_name AS category, amount, cost, opens_order, is_return
        FROM '{asked.work}/lines.parquet' ORDER BY customer_id, ordered_at
        """
    )
    db.close()
    raise SystemExit

db = duckdb.connect(str(path), read_only=True)
db.execute(f"SET threads = {asked.threads}")
# An enum's code is the place of the name, from 0.
CODE = "enum_code(category)"
MONTH = "((year(day) - 1970) * 12 + month(day) - 1)"
FEATURES = f"""
    CREATE OR REPLACE TEMP TABLE features AS
    WITH customers AS (
        SELECT customer_id,
               count(*) FILTER (opens_order AND NOT is_return) AS orders,
               min(day) FILTER (NOT is_return) AS first_day,
               max(day) FILTER (NOT is_return) AS last_day,
               sum(amount) AS revenue,
               sum(amount - cost) AS margin
        FROM lines GROUP BY customer_id
    ), favourites AS (
        SELECT customer_id, max(money * {CATEGORY_ROOM} + {CATEGORY_ROOM - 1} - code) AS favourite
        FROM (SELECT customer_id, {CODE} AS code, sum(amount)::BIGINT AS money FROM lines GROUP BY ALL)
        GROUP BY customer_id
    ), periods AS (
        SELECT customer_id, sum(money)::BIGINT AS money, sum(money::DOUBLE * money) AS squares
        FROM (
            SELECT customer_id, {MONTH} AS month, sum(amount)::BIGINT AS money
            FROM lines WHERE day >= DATE '{known["window_start"]}' AND day < DATE '{known["window_end"]}'
            GROUP BY ALL
        ) GROUP BY customer_id
    ), joined AS (
        SELECT customer_id, orders, first_day, last_day, revenue::BIGINT AS revenue, margin::BIGINT AS margin,
               date_diff('day', last_day, DATE '{known["as_of"]}') AS recency,
               {CATEGORY_ROOM - 1} - favourite % {CATEGORY_ROOM} AS code,
               coalesce(periods.money, 0) AS periods_revenue, coalesce(squares, 0) AS squares,
               greatest(0, least(12, {known["last_month"]} + 1 - {MONTH.replace("day", "first_day")}))
                   AS periods_known
        FROM customers JOIN favourites USING (customer_id) LEFT JOIN periods USING (customer_id)
        WHERE orders > 0
    )
    SELECT *, CASE WHEN periods_revenue > 0 AND periods_known > 0
                   THEN sqrt(greatest(0, squares / periods_known - (periods_revenue / periods_known) ** 2))
                        / (periods_revenue / periods_known) END AS cv
    FROM joined
"""


def features_and_labels():
    db.execute(FEATURES)
    count = db.execute("SELECT count(*) FROM features").fetchone()[0]
    # Half a rank below keeps the quantile on its value whatever the rounding.
    shares = [(rank_of_cut(j, count) - 0.5) / count for j in (1, 2)]
    cuts = db.execute(
        "SELECT quantile_disc(-recency, $1), quantile_disc(orders, $1), quantile_disc(revenue, $1) "
        "FROM features",
        [shares],
    ).fetchone()
    abc = db.execute(
        """
        WITH amounts AS (
            SELECT periods_revenue AS value, periods_revenue * count(*) AS money
            FROM features WHERE periods_revenue > 0 GROUP BY value
        ), above AS (
            SELECT value, sum(money) OVER (ORDER BY value DESC) - money AS more, sum(money) OVER () AS total
            FROM amounts
        )
        SELECT min(value) FILTER (more * 100 < total * 80), min(value) FILTER (more * 100 < total * 95)
        FROM above
        """
    ).fetchone()

    def letter(value, pair):
        return f"CASE WHEN {value} <= {pair[0]} THEN 'A' WHEN {value} <= {pair[1]} THEN 'B' ELSE 'C' END"

    rfm = " || ".join(letter(*pair) for pair in zip(("-recency", "orders", "revenue"), cuts))
    db.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE answer AS
        SELECT *, {rfm} AS rfm,
               CASE WHEN periods_revenue >= {abc[0]} THEN 'A'
                    WHEN periods_revenue >= {abc[1]} THEN 'B' ELSE 'C' END ||
               CASE WHEN periods_known < 3 THEN 'N'
                    WHEN cv <= 0.10 THEN 'X' WHEN cv <= 0.25 THEN 'Y' ELSE 'Z' END AS abc_xyz
        FROM features
        """
    )


def write(_, path):
    # Readers want the names of categories.
    names = "SELECT * REPLACE (enum_range(NULL::category_name)[code + 1] AS code) FROM answer"
    db.execute(f"COPY ({names}) TO '{path}' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)")


figures, _ = contend(asked, features_and_labels, write)
sums = db.execute("SELECT count(*), sum(orders), sum(revenue), sum(margin), sum(cv) FROM answer").fetchone()
counts = [
    db.execute(f"SELECT {key}, count(*) FROM answer GROUP BY 1").fetchall()
    for key in ("rfm", "abc_xyz", "code")
]
favourites = [(known["categories"][code], count) for code, count in counts[2]]
report(
    f"DuckDB {duckdb.__version__}",
    "native table, sorted by customer and time",
    figures,
    check(*sums, counts[0], counts[1], favourites),
)
