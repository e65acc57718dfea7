"""One story, told by several: recognised, joined, kept apart, and remembered."""
