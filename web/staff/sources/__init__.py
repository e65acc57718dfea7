"""Sources: how each is doing, its rules, what it says is all new, and what waits for a person."""

from web.staff.sources import editing, floods, listing, review, rules, source

__all__ = ["editing", "floods", "listing", "review", "rules", "source"]
