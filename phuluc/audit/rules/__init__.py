"""The rules, a module for each family; what they say is in `data/rules/<family>.toml`."""
