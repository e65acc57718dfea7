"""The outside: partners, readers in numbers, and the programs that are told."""

from web.staff.outside import audience, partners, webhooks

__all__ = ["audience", "partners", "webhooks"]
