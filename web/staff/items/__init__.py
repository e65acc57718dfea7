"""Items: one at a time as a form, as a list, as a calendar; what is being typed is kept."""

from web.staff.items import bulk, calendar, history, item, joining, keeping, listing, preview, stories

__all__ = ["bulk", "calendar", "history", "item", "joining", "keeping", "listing", "preview", "stories"]
