"""Into a warehouse: keep the tables of a DuckDB file, a PostgreSQL database or a Delta folder equal to OUT.

`load.load` is the order of the steps. Drivers are imported when a target of their kind is opened.
"""
