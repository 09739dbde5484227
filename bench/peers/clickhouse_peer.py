"""ClickHouse, embedded as chdb, on a MergeTree table ordered by customer and time."""

import json
import shutil

import chdb
from chdb import session

from contest import CATEGORY_ROOM, arguments, check, contend, facts, rank_of_cut, report

asked = arguments()
known = facts(asked.work)
folder = asked.work / "peer.chdb"
if asked.load:
    shutil.rmtree(folder, ignore_errors=True)
db = session.Session(str(folder))
db.query("CREATE DATABASE IF NOT EXISTS bench ENGINE = Atomic")
SETTINGS = f"SETTINGS max_threads = {asked.threads}, prefer_column_name_to_alias = 1"

if asked.load:
    db.query(
        """
        CREATE TABLE bench.lines (customer_id Int64, day Date32, code UInt8, amount Int64, cost Int64,
            opens_order UInt8, is_return UInt8) ENGINE = MergeTree ORDER BY (customer_id, day)
        """
    )
    names = ", ".join("'" + name.replace("'", "\\'") + "'" for name in known["categories"])
    db.query(
        f"""
        INSERT INTO bench.lines
        SELECT customer_id, day, indexOf([{names}], category) - 1, amount, cost, opens_order, is_return
        FROM file('{asked.work}/lines.parquet', Parquet) SETTINGS max_threads = {asked.threads}
        """
    )
    db.query("OPTIMIZE TABLE bench.lines FINAL")
    db.close()
    raise SystemExit

MONTH = "toInt32((toYear(day) - 1970) * 12 + toMonth(day) - 1)"
ROOM = CATEGORY_ROOM
# optimize_aggregation_in_order was tried on this table and was fifteen times slower.
FEATURES = f"""
    CREATE TABLE bench.features ENGINE = Memory AS
    WITH customers AS (
        SELECT customer_id, countIf(opens_order AND NOT is_return) AS orders,
               minIf(day, NOT is_return) AS first_day, maxIf(day, NOT is_return) AS last_day,
               sum(amount) AS revenue, sum(amount - cost) AS margin
        FROM bench.lines GROUP BY customer_id
    ), favourites AS (
        SELECT customer_id, max(money * {ROOM} + {ROOM - 1} - code) AS favourite
        FROM (SELECT customer_id, code, sum(amount) AS money FROM bench.lines GROUP BY customer_id, code)
        GROUP BY customer_id
    ), periods AS (
        SELECT customer_id, sum(money) AS periods_revenue, sum(toFloat64(money) * money) AS squares
        FROM (
            SELECT customer_id, {MONTH} AS month, sum(amount) AS money FROM bench.lines
            WHERE day >= toDate32('{known["window_start"]}') AND day < toDate32('{known["window_end"]}')
            GROUP BY customer_id, month
        ) GROUP BY customer_id
    )
    SELECT customers.customer_id AS customer_id, orders, first_day, last_day, revenue, margin,
           toInt64(dateDiff('day', last_day, toDate32('{known["as_of"]}'))) AS recency,
           {ROOM - 1} - positiveModulo(favourite, {ROOM}) AS code, periods_revenue, squares,
           greatest(0, least(12, {known["last_month"]} + 1 - {MONTH.replace("day", "first_day")}))
               AS periods_known,
           if(periods_revenue > 0 AND periods_known > 0,
              sqrt(greatest(0, squares / periods_known - pow(periods_revenue / periods_known, 2)))
              / (periods_revenue / periods_known), NULL) AS cv
    FROM customers JOIN favourites ON customers.customer_id = favourites.customer_id
         LEFT JOIN periods ON customers.customer_id = periods.customer_id
    WHERE orders > 0
    {SETTINGS}
"""


def rows(query):
    answer = db.query(query, "JSONCompactEachRow").bytes().decode()
    return [json.loads(line) for line in answer.splitlines()]


def whole(values):
    """64-bit numbers come as text."""
    return [int(value) for value in values]


def features_and_labels():
    db.query("DROP TABLE IF EXISTS bench.answer")
    db.query("DROP TABLE IF EXISTS bench.features")
    db.query(FEATURES)
    count = int(rows("SELECT count() FROM bench.features")[0][0])
    cuts = []
    for value in ("-recency", "toInt64(orders)", "revenue"):
        ranks = [rank_of_cut(j, count) for j in (1, 2)]
        # Sorting the values settles ranks exactly; quantileExact counts them otherwise.
        ordered = f"SELECT arraySort(groupArray({value})) AS s FROM bench.features"
        query = f"SELECT arrayElement(s, {ranks[0]}), arrayElement(s, {ranks[1]}) FROM ({ordered})"
        cuts.append(whole(rows(f"{query} {SETTINGS}")[0]))
    abc = whole(
        rows(
            f"""
            SELECT minIf(value, more * 100 < total * 80), minIf(value, more * 100 < total * 95) FROM (
                SELECT value, sum(money) OVER (ORDER BY value DESC) - money AS more,
                       sum(money) OVER () AS total
                FROM (SELECT periods_revenue AS value, sum(periods_revenue) AS money FROM bench.features
                      WHERE periods_revenue > 0 GROUP BY value)
            ) {SETTINGS}
            """
        )[0]
    )
    rfm = ", ".join(
        f"multiIf({value} <= {low}, 'A', {value} <= {high}, 'B', 'C')"
        for value, (low, high) in zip(("-recency", "toInt64(orders)", "revenue"), cuts)
    )
    db.query(
        f"""
        CREATE TABLE bench.answer ENGINE = Memory AS
        SELECT *, concat({rfm}) AS rfm,
               concat(multiIf(periods_revenue >= {abc[0]}, 'A', periods_revenue >= {abc[1]}, 'B', 'C'),
                      multiIf(periods_known < 3, 'N', ifNull(cv, 9) <= 0.10, 'X', ifNull(cv, 9) <= 0.25, 'Y',
                              'Z'))
               AS abc_xyz
        FROM bench.features {SETTINGS}
        """
    )


def write(_, path):
    names = ", ".join("'" + name.replace("'", "\\'") + "'" for name in known["categories"])
    db.query(
        f"""
        INSERT INTO FUNCTION file('{path}', Parquet)
        SELECT * REPLACE ([{names}][code + 1] AS code) FROM bench.answer
        SETTINGS max_threads = {asked.threads}, engine_file_truncate_on_insert = 1,
                 output_format_parquet_compression_method = 'zstd', output_format_compression_level = 1
        """
    )


figures, _ = contend(asked, features_and_labels, write)
sums = rows("SELECT count(), sum(orders), sum(revenue), sum(margin), sum(cv) FROM bench.answer")[0]
counts = [rows(f"SELECT {key}, count() FROM bench.answer GROUP BY 1") for key in ("rfm", "abc_xyz", "code")]
favourites = [(known["categories"][int(code)], count) for code, count in counts[2]]
report(
    f"ClickHouse (chdb {chdb.__version__})",
    "MergeTree ordered by customer and day",
    figures,
    check(*sums, counts[0], counts[1], favourites),
)
db.close()
