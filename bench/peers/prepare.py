"""From the shop's CSV to what the peers load: lines.parquet, sorted by customer and time.

What Dolka settles at import is settled here too, outside the measured time: which line opens an
order, and which lines belong to a return (an order with only negative lines). Anonymous rows are
left out. Amounts become whole cents.
"""

import json
import pathlib
import sys

import duckdb

csv, work, threads = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
work.mkdir(parents=True, exist_ok=True)
db = duckdb.connect(str(work / "prepare.duckdb"))
db.execute(f"SET threads = {threads}; SET memory_limit = '8GB'; SET temp_directory = '{work}/spill'")
db.execute(
    f"""
    CREATE OR REPLACE TABLE raw AS
    SELECT row_number() OVER () AS row, order_id, customer_id::BIGINT AS customer_id,
           ordered_at::TIMESTAMP AS ordered_at, category,
           round(amount * 100)::BIGINT AS amount, round(cost * 100)::BIGINT AS cost
    FROM read_csv('{csv}', header = true, types = {{
        'order_id': 'VARCHAR', 'customer_id': 'VARCHAR',
        'amount': 'DECIMAL(18, 2)', 'cost': 'DECIMAL(18, 2)'}})
    """
)
db.execute(
    f"""
    COPY (
        SELECT customer_id, ordered_at, ordered_at::DATE AS day, category, amount, cost,
               row = first_row AS opens_order, highest < 0 AS is_return
        FROM raw JOIN (
            SELECT order_id, min(row) AS first_row, max(amount) AS highest FROM raw GROUP BY order_id
        ) USING (order_id)
        WHERE customer_id IS NOT NULL
        ORDER BY customer_id, ordered_at, row
    ) TO '{work}/lines.parquet' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)
    """
)
as_of, rows = db.execute("SELECT max(ordered_at)::DATE, count(*) FROM raw").fetchone()
categories = [name for (name,) in db.execute("SELECT DISTINCT category FROM raw ORDER BY 1").fetchall()]
lines = db.execute(f"SELECT count(*) FROM '{work}/lines.parquet'").fetchone()[0]
facts = {"as_of": str(as_of), "rows": rows, "lines": lines, "categories": categories}
(work / "facts.json").write_text(json.dumps(facts))
db.close()
(work / "prepare.duckdb").unlink()
print(json.dumps(facts))
