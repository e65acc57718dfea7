"""Everything that can be wrong, as values that know their message.

::

    DepecheError                 a message key and its arguments; translated where a person reads it
    ├── InvalidInput             what was given cannot be taken          400 / 422 · exit 1
    │   └── InvalidFields        several fields of one form, each with its own InvalidInput
    │       └── BadQuery         what an address asks for cannot be: 400 always
    ├── NotFound                 no such thing                           404 · exit 1
    ├── Gone                     it was here and is withdrawn            410 · exit 1
    ├── NotAllowed               the person may not do this              403 · exit 1
    ├── Conflict                 somebody else was quicker               409 · exit 1
    ├── TooMany                  slow down                               429 · exit 1
    ├── SourceFailed             a source could not be read; nothing was changed
    │   ├── FetchFailed          unreachable, refused, too big, too slow, an error status
    │   └── NotUnderstood        it answered, but with nothing we can read as news
    └── StoreFailed              the database cannot do it now           503 · exit 1
        ├── StoreMissing         there is no database yet
        ├── StoreTooNew          a newer program made it
        └── StoreFull            the disk is full

A message key such as ``item.title.empty`` names an entry of ``translations/*/``; ``args`` fill its
``{placeholders}``. Nothing below ``web`` and ``cli`` ever builds a sentence for people.
"""

from __future__ import annotations

from collections.abc import Mapping


class DepecheError(Exception):
    """Base of all errors a person may be shown. ``key``: message key; ``args_``: its placeholders."""

    def __init__(self, key: str, /, **args: object) -> None:
        super().__init__(key, args)
        self.key = key
        self.message_args = args

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value!r}" for name, value in self.message_args.items())
        return f"{self.key}({details})"

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.key, self.message_args)


def _rebuild(kind: type[DepecheError], key: str, args: dict[str, object]) -> DepecheError:
    return kind(key, **args)


class InvalidInput(DepecheError):
    """What was given cannot be taken."""


class InvalidFields(InvalidInput):
    """Several fields of one form cannot be taken. ``fields`` maps a field's name to its error."""

    def __init__(self, fields: Mapping[str, InvalidInput]) -> None:
        first = next(iter(fields.values()))
        super().__init__(first.key, **first.message_args)
        self.fields = dict(fields)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.fields,)


class BadQuery(InvalidFields):
    """What an address asks for cannot be."""


class NotFound(DepecheError):
    """No such thing."""


class Gone(DepecheError):
    """It was here and is withdrawn."""


class NotAllowed(DepecheError):
    """The person may not do this."""


class Conflict(DepecheError):
    """Somebody else was quicker, or the thing exists already."""


class TooMany(DepecheError):
    """Too many tries; ``seconds`` among the arguments says how long to wait."""


class SourceFailed(DepecheError):
    """A source could not be read. Nothing that was there has changed."""


class FetchFailed(SourceFailed):
    """Unreachable, refused by the guard, too big, too slow, or an error status."""


class NotUnderstood(SourceFailed):
    """The source answered, but with nothing that can be read as news."""


class MailFailed(DepecheError):
    """A mail could not be sent; ``permanent`` among the arguments says whether trying again is of no use."""


class StoreFailed(DepecheError):
    """The database cannot do it now."""


class StoreMissing(StoreFailed):
    """There is no database yet."""


class StoreTooNew(StoreFailed):
    """The database was made by a newer program."""


class StoreFull(StoreFailed):
    """The disk is full: nothing was written."""
