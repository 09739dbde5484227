//! Tables for people and programs: CSV, XLSX, Parquet, JSON.
