"""The validator for this folder's tests: its tables stand beside them."""

import json
import sys
from pathlib import Path

import pytest
from lxml import etree

sys.path.insert(0, str(Path(__file__).parent))

import atom_rules
import json_rules
import rss_rules
from checking import findings

RULES = {"atom": atom_rules.RULES, "rss": rss_rules.RULES, "json": json_rules.RULES}


def parsed(name: str, body: bytes):
    """A document as the rules want it; whoever cannot parse it fails here."""
    return json.loads(body) if name == "json" else etree.fromstring(body, etree.XMLParser(resolve_entities=False))


@pytest.fixture(scope="session")
def judge():
    """What is wrong with a document of a format: all of it, or what is of one level."""

    def judged(name: str, body: bytes, level: str | None = None) -> list[str]:
        return findings(RULES[name], parsed(name, body), level)

    return judged
