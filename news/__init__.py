"""The newsroom's own words: values and decisions. Nothing here does I/O or reads a clock."""
