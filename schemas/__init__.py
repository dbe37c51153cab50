"""What a record is: one model per table, the single source of every schema."""
