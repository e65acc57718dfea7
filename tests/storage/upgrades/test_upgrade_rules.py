"""A database from before rules: what a source gave its items, it still gives."""

from datetime import UTC, datetime

from news.rules import Rule, RuleKind, usual_rules
from storage.minting import Mint
from storage.sqlite.engine import SqliteStorage
from tests.storage.upgrades.older import database_before

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SOURCE = (
    "INSERT INTO source (id, url, kind, name, trust, categories, map, created, next_at)"
    " VALUES (?, ?, 'feed', 'P', 'publish', ?, ?, 1, 1)"
)


def test_a_map_and_categories_become_rules(tmp_path):
    path = tmp_path / "depeche.db"
    with database_before("0010_trust", path) as made:
        made.execute(SOURCE, ["s1", "https://a.example", '["c1", "c2"]', '{"PhD": "c3", "M&A": "c1"}'])
        made.execute(SOURCE, ["s2", "https://b.example", "[]", "{}"])
    store = SqliteStorage(path, Mint(lambda: NOW))
    assert "0010_trust" in store.migrate(NOW)
    with store.read() as reader:
        source = reader.source("s1")
        assert source.rules == (
            Rule(RuleKind.TERM, "PhD", frozenset({"c3"})),
            Rule(RuleKind.TERM, "M&A", frozenset({"c1"})),
            Rule(RuleKind.NAMES),
            Rule(RuleKind.ALWAYS, "", frozenset({"c1", "c2"})),
        )
        assert (source.categories, source.map) == ({"c1", "c2"}, {"PhD": "c3", "M&A": "c1"})
        assert reader.source("s2").rules == usual_rules()
        assert reader.floods() == ()
    assert store.problems() == ()
    store.close()
