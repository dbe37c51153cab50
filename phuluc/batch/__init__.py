"""Many documents: inputs, plan, engines, the child each document is converted in."""
