"""The promises about forms that are being typed: what is not saved yet is kept, and a form makes one item."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from storage.records import KeptForm


class FormReader(Protocol):
    """Forms in a snapshot."""

    def kept_forms(self, user_id: str) -> tuple[KeptForm, ...]:
        """What this person has typed and not saved, the latest first."""

    def posted_form(self, token: str) -> str | None:
        """The id of the item that the form of this token has made."""


class FormWriter(Protocol):
    """Forms in a turn to write."""

    def keep_form(self, form: KeptForm) -> None:
        """Remember what somebody is typing, in place of what they typed there before. Of each person the latest fifty
        are kept, for thirty days."""

    def drop_kept_form(self, user_id: str, about: str) -> None:
        """Forget it: it was saved, or thrown away."""

    def drop_kept_forms(self, user_id: str) -> None:
        """Forget all that this person has typed and not saved."""

    def put_posted_form(self, token: str, item_id: str, now: datetime) -> None:
        """The form of this token has made that item; remembered for thirty days."""
