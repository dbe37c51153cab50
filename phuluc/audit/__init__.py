"""The audit of converted tables: grouping of like tasks, rules, report."""
