"""What may be typed as the value of an option; refusals speak the person's language."""

from __future__ import annotations

from collections.abc import Sequence

import click

from cli.words import say


class Misuse(click.UsageError):
    """The command was not used as it can be. ``key``: the message that says how."""

    def __init__(self, key: str, /, **args: object) -> None:
        super().__init__(say(key, **args), click.get_current_context(silent=True))


class OneOf(click.ParamType):
    """One of a few words."""

    name = "word"

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(words)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """How the value is written in a usage line."""
        return "|".join(self.words)

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """``value`` if it can be taken. Raises BadParameter."""
        if value not in self.words:
            self.fail(say("cli.usage.one_of", given=value, words=", ".join(self.words)), param, ctx)
        return value


class Whole(click.ParamType):
    """A whole number between two bounds, both allowed."""

    name = "number"

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """How the value is written in a usage line."""
        return "N"

    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """``value`` if it can be taken. Raises BadParameter."""
        try:
            number = int(value)
        except ValueError:
            number = self.least - 1
        if not self.least <= number <= self.most:
            self.fail(say("cli.usage.whole", given=value, least=self.least, most=self.most), param, ctx)
        return number


class Pair(click.ParamType):
    """Two words with an equals sign between; the last one parts them, so that the first may hold one."""

    name = "pair"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """How the value is written in a usage line."""
        return "TERM=SLUG"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """``value`` if it can be taken. Raises BadParameter."""
        term, _, slug = str(value).rpartition("=")
        if not term or not slug:
            self.fail(say("cli.usage.pair", given=value), param, ctx)
        return term, slug
