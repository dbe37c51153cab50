"""The output folder: Parquet in buckets, committed so that a kill breaks nothing, on a disk or in an object store."""
