"""People who may sign in, and their programs' tokens."""
