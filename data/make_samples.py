"""Makes the two data files of this folder from the full ones, byte for byte the same every time.

    python3 data/make_samples.py online_retail.csv.gz CDNOW_sample.txt

The arguments are the full Online Retail file as CSV (gzipped) and the 1/10 sample of CDNOW as its authors
publish it. README.md beside this file says where both come from. No value is changed.
"""

import csv
import gzip
import io
import pathlib
import sys

SHARE = 8
CHOSEN = 2
FOLDER = pathlib.Path(__file__).parent


def chosen(row):
    """Whether a row of Online Retail is in the sample: by its customer, or by its invoice if it has none."""
    number = row["CustomerID"] or row["InvoiceNo"].lstrip("AC")
    return int(number) % SHARE == CHOSEN


def online_retail(source):
    with gzip.open(source, "rt", encoding="utf-8", newline="") as lines:
        text = lines.read().splitlines(keepends=True)
    kept = [text[0]]
    # No cell of the file holds a line break, so a line is a row.
    rows = csv.DictReader(text)
    kept += [line for line, row in zip(text[1:], rows, strict=True) if chosen(row)]
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, compresslevel=9, mtime=0) as out:
        out.write("".join(kept).encode("utf-8"))
    (FOLDER / "online_retail_sample.csv.gz").write_bytes(packed.getvalue())


def cdnow(source):
    rows = [line.split() for line in pathlib.Path(source).read_text("ascii").splitlines() if line.strip()]
    with open(FOLDER / "cdnow_sample.csv", "w", encoding="ascii", newline="") as out:
        out.write("customer_id,date,quantity,amount\n")
        for _master_id, customer_id, date, quantity, amount in rows:
            out.write(f"{customer_id},{date},{quantity},{amount}\n")


if __name__ == "__main__":
    online_retail(sys.argv[1])
    cdnow(sys.argv[2])
