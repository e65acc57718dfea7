"""The shape of the database: its migrations, in the order in which they are run."""

from __future__ import annotations

from storage.sqlite.migrations import (
    m0001_first,
    m0002_passages,
    m0003_ending_categories,
    m0004_outbox_by_what_it_says,
    m0005_stories,
    m0006_named_feeds,
    m0007_pictures,
    m0008_looking_again,
    m0010_trust,
    m0011_looks,
    m0020_accounts,
    m0022_form,
    m0024_webhooks,
    m0026_lists,
    m0028_partners,
    m0030_searching,
    m0032_bounds,
    m0034_joining,
)
from storage.sqlite.migrations.register import migrations

__all__ = ["IN_ORDER", "known_names", "migrations"]
IN_ORDER = (
    m0001_first,
    m0002_passages,
    m0003_ending_categories,
    m0004_outbox_by_what_it_says,
    m0005_stories,
    m0006_named_feeds,
    m0007_pictures,
    m0008_looking_again,
    m0010_trust,
    m0011_looks,
    m0020_accounts,
    m0022_form,
    m0024_webhooks,
    m0026_lists,
    m0028_partners,
    m0030_searching,
    m0032_bounds,
    m0034_joining,
)


def known_names() -> set[str]:
    """The migrations this program knows."""
    return {migration.name for migration in migrations._migrations}
