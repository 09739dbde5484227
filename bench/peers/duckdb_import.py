"""DuckDB from the shop's CSV to Parquet sorted by customer and time: what an import does at least."""

import sys
import time

import duckdb

csv, out, threads = sys.argv[1:4]
db = duckdb.connect()
db.execute(f"SET threads = {threads}; SET memory_limit = '6GB'; SET temp_directory = '{out}.spill'")
start = time.perf_counter()
db.execute(
    f"""
    COPY (SELECT * FROM read_csv('{csv}') ORDER BY customer_id, ordered_at)
    TO '{out}' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)
    """
)
print(time.perf_counter() - start)
