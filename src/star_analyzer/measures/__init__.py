"""Pure functions from evidence to the sections of the report."""
