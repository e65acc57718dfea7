"""Operating: the worker’s ticks, the care of the database, how the newsroom is, and the sample newsroom."""
