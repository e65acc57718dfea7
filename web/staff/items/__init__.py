"""Items: one at a time as a form, as a list, as a calendar; what is being typed is kept."""

from web.staff.items import autosave, bulk, calendar, history, item, joining, listing, preview, stories

__all__ = ["autosave", "bulk", "calendar", "history", "item", "joining", "listing", "preview", "stories"]
