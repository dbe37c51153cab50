"""What a record is: one class per table; from it Arrow, SQL, JSON Schema, dictionary, data package.

Nothing is imported here, so that a user of one view pays only for that one.
"""
