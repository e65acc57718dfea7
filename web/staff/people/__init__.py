"""People: those who may sign in, one’s own account, and what was done by whom."""

from web.staff.people import (
    account,
    account_second_factor,
    account_tokens,
    audit,
    person,
    required_second_factor,
    users,
)

__all__ = ["account", "account_second_factor", "account_tokens", "audit", "person", "required_second_factor", "users"]
