"""The application: one document, many documents, the Parquet store, the command line."""

__version__ = "0.1.0"
