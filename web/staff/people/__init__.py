"""People: those who may sign in, one’s own account, and what was done by whom."""

from web.staff.people import account, account_factor, account_tokens, audit, factor_first, person, users

__all__ = ["account", "account_factor", "account_tokens", "audit", "factor_first", "person", "users"]
