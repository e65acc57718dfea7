"""A snapshot and a turn to write, put together from one part per subject."""

from __future__ import annotations

from collections.abc import Callable

from sqlite_utils import Database

from storage.sqlite.accounts import AccountReads, AccountWrites
from storage.sqlite.audience import AudienceReads, AudienceWrites
from storage.sqlite.copies import CopyReads, CopyWrites
from storage.sqlite.endings import EndingReads
from storage.sqlite.feeds import FeedReads
from storage.sqlite.floods import FloodReads, FloodWrites
from storage.sqlite.forms import FormReads, FormWrites
from storage.sqlite.identities import IdentityReads, IdentityWrites
from storage.sqlite.items_arriving import ArrivingWrites
from storage.sqlite.joins import JoinReads, JoinWrites
from storage.sqlite.journal import JournalReads, JournalWrites
from storage.sqlite.lists import ListReads
from storage.sqlite.looks import LookReads, LookWrites
from storage.sqlite.moments import MomentReads
from storage.sqlite.named_feeds import NamedFeedReads, NamedFeedWrites
from storage.sqlite.partners import PartnerReads, PartnerWrites
from storage.sqlite.passages import PassageReads
from storage.sqlite.pictures import PictureReads, PictureWrites
from storage.sqlite.restoring import RestoringWrites
from storage.sqlite.shelf import ShelfReads
from storage.sqlite.similar import AlikeReads
from storage.sqlite.sources import SourceReads, SourceWrites
from storage.sqlite.users import UserReads, UserWrites
from storage.sqlite.webhooks import ProgramReads, ProgramWrites


class SqliteReader(
    FormReads, PictureReads, AlikeReads, FloodReads, ListReads, ShelfReads, CopyReads, NamedFeedReads, EndingReads,
    FeedReads, PassageReads, SourceReads, UserReads, JournalReads, AccountReads, ProgramReads, PartnerReads,
    AudienceReads, LookReads, JoinReads, IdentityReads,
):  # fmt: skip
    """One snapshot."""

    def __init__(self, db: Database) -> None:
        self.db = db


class SqliteTransaction(
    SqliteReader, FormWrites, PictureWrites, ArrivingWrites, CopyWrites, NamedFeedWrites, SourceWrites, UserWrites,
    JournalWrites, FloodWrites, AccountWrites, ProgramWrites, PartnerWrites, AudienceWrites, LookWrites, MomentReads,
    JoinWrites, IdentityWrites, RestoringWrites,
):  # fmt: skip
    """A snapshot that may be changed."""

    def __init__(self, db: Database, mint: Callable[[], str]) -> None:
        super().__init__(db)
        self.mint = mint
        self.stamp = None
        self.bumped = set()
        self.named = None
