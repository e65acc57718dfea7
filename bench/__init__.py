"""Measuring, side by side in one run: ratios to compare, no times to promise. ``python -m bench``."""
