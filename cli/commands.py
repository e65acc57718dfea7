"""Commands whose help speaks the person's language, and groups that load a command when it is used.

A command's help text is the message ``cli.help.<command>``, an option's the message ``cli.option.<name>``.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import click

from cli.words import say

Function = Callable[..., Any]
_Resolved = tuple[str | None, click.Command | None, list[str]]


class _Speaking:
    """``help`` is kept as a message key and read as the message."""

    _help_key: str | None = None

    @property
    def help(self) -> str | None:
        return say(self._help_key) if self._help_key else None

    @help.setter
    def help(self, key: str | None) -> None:
        self._help_key = key


class Option(_Speaking, click.Option):
    """An option with a translated help."""

    def get_help_extra(self, ctx: click.Context) -> Any:
        """Nothing: what matters stands in the help itself."""
        return {}


class Command(_Speaking, click.Command):
    """A command with a translated help."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The first line, in the person’s language."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), say("cli.usage.prefix"))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options and, of a group, the commands."""
        options = (param for param in self.get_params(ctx) if isinstance(param, click.Option))
        records = [record for param in options if (record := param.get_help_record(ctx))]
        with formatter.section(say("cli.usage.options")):
            formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help``, with its help translated."""
        option = super().get_help_option(ctx)
        if option:
            option.help = say("cli.option.help")
        return option


class Group(Command, click.Group):
    """Commands by name. ``lazy``: those that live in a module of their own, as ``command``, imported when used."""

    def __init__(self, *args: Any, lazy: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lazy = lazy or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in the order they are shown."""
        return [*self._lazy, *self.commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command ``cmd_name``, loaded now if need be."""
        if cmd_name in self._lazy:
            loaded: click.Command = import_module(self._lazy[cmd_name]).command
            return loaded
        return self.commands.get(cmd_name)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options and, of a group, the commands."""
        Command.format_options(self, ctx, formatter)
        rows = [(name, _short(self._help_key_of(name))) for name in self.list_commands(ctx)]
        with formatter.section(say("cli.usage.commands")):
            formatter.write_dl(rows)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> _Resolved:
        """The command named first among ``args``. Raises NoSuchCommand with good guesses."""
        if args and not args[0].startswith("-") and args[0] not in self.list_commands(ctx):
            raise click.NoSuchCommand(args[0], possibilities=self.list_commands(ctx), ctx=ctx)
        return super().resolve_command(ctx, args)

    def _help_key_of(self, name: str) -> str:
        group = (self._help_key or "").removeprefix("cli.help").strip(".")
        return f"cli.help.{group}.{name}" if group else f"cli.help.{name}"


def _short(key: str) -> str:
    return say(key).partition("\n")[0]


def command(path: str) -> Callable[[Function], click.Command]:
    """Make a function the command ``path``, such as ``item.add``."""
    return click.command(path.rpartition(".")[2], cls=Command, help=f"cli.help.{path}")


def group(name: str, **kwargs: Any) -> Group:
    """A group of commands."""
    return Group(name, help=f"cli.help.{name}", **kwargs)


def option(*names: str, key: str | None = None, **kwargs: Any) -> Callable[[Function], Function]:
    """An option; ``key`` names its help among ``cli.option.*``, by default after the option itself."""
    named = key or next(name for name in names if name.startswith("--")).split("/")[0].strip("-").replace("-", "_")
    return click.option(*names, cls=Option, help=f"cli.option.{named}", **kwargs)


json_option = option("--json", "as_json", is_flag=True)
