"""Reading a catalogue: what we write of the PO format (GNU gettext manual, §10), and nothing else.

Every command and every process reads some fifteen of them when it starts, so this is done by hand; that it reads ours
as a whole reader of the format does is shown by a test.
"""

from __future__ import annotations

import re
from pathlib import Path

_LINE = re.compile(r'(?:(msgid|msgid_plural|msgstr(?:\[\d\])?) )?"((?:[^"\\]|\\["\\nt])*)"')
_ESCAPED = re.compile(r"\\(.)")
_MEANT = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}
Messages = dict[str, tuple[str, ...]]


def read_catalogue(path: Path) -> Messages:
    """The messages of the catalogue at ``path`` by their keys: one form each, a plural message one for each plural of
    the language. Raises ValueError naming the line that is not understood (contexts are not)."""
    found: Messages = {}
    key, forms, begun = "", [""], ""
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        read = _LINE.fullmatch(line)
        if not read:
            raise ValueError(f"{path.name}, line {number}: not understood")
        begun, text = read[1] or begun, _plain(read[2])
        if read[1] == "msgid":
            found[key] = tuple(forms)
            key, forms = text, []
        elif read[1] and begun.startswith("msgstr"):
            forms.append(text)
        elif begun.startswith("msgstr"):
            forms[-1] += text
        elif begun == "msgid":
            key += text
    found[key] = tuple(forms)
    # What stands under no key is the head of the file, for translators' tools.
    found.pop("", None)
    return found


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda escaped: _MEANT[escaped[1]], text) if "\\" in text else text
