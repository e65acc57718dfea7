"""The ``depeche`` command: finds the command asked for, and says in one line what went wrong.

Exit status: 0, 1 (it failed: one line on standard error) or 2 (it was not used as it can be).
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import click

from cli.commands import Group, Option
from cli.streams import settle
from cli.values import Misuse
from cli.words import message_of, say
from news.errors import DepecheError

_MODULES = {
    "serve": "cli.serving.serve",
    "web": "cli.serving.web",
    "worker": "cli.serving.worker",
    "init": "cli.data.init",
    "user": "cli.accounts.user",
    "token": "cli.accounts.token",
    "mail": "cli.newsroom.mail",
    "webhook": "cli.newsroom.webhook",
    "category": "cli.newsroom.category",
    "feed": "cli.newsroom.feed",
    "partner": "cli.newsroom.partner",
    "item": "cli.items.item",
    "review": "cli.items.review",
    "source": "cli.sources.source",
    "import": "cli.data.importing",
    "export": "cli.data.export",
    "backup": "cli.data.backup",
    "restore": "cli.data.restore",
    "check": "cli.data.check",
    "demo": "cli.serving.demo",
}
_OS_ERRORS = {
    errno.ENOENT: "cli.error.missing",
    errno.EACCES: "cli.error.forbidden",
    errno.EPERM: "cli.error.forbidden",
    errno.EROFS: "cli.error.forbidden",
    errno.EISDIR: "cli.error.folder",
    errno.ENOTDIR: "cli.error.missing",
    errno.ENOSPC: "cli.error.disk_full",
    errno.EDQUOT: "cli.error.disk_full",
}


class Root(Group):
    """The command as a whole: whatever happens inside ends with a status and at most one line, never a traceback."""

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any) -> NoReturn:  # type: ignore[override]
        """Run with ``args`` (those of the process unless given), and exit."""
        inside = super().main
        sys.exit(_ending(lambda: inside(args, prog_name or "depeche", standalone_mode=False, **extra)))


def _ending(run: Callable[[], object]) -> int:
    try:
        result = run()
        sys.stdout.flush()
    except click.UsageError as misuse:
        return _misused(misuse)
    except DepecheError as error:
        return _failed(message_of(error))
    except (KeyboardInterrupt, click.Abort):
        return _failed(say("cli.error.interrupted"))
    except OSError as error:
        return _closed_pipe() if error.errno == errno.EPIPE else _failed(_os_message(error))
    return result if isinstance(result, int) else 0


def _failed(sentence: str) -> int:
    click.echo(f"depeche: {' '.join(sentence.split())}", err=True)
    return 1


def _closed_pipe() -> int:
    # Whoever was reading has read enough: what is still buffered must not fail again when the interpreter ends.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _os_message(error: OSError) -> str:
    key = _OS_ERRORS.get(error.errno or 0, "cli.error.system")
    return say(key, path=error.filename or "", reason=error.strerror or str(error))


def _misused(error: click.UsageError) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.message, err=True)
        return 2
    if error.ctx:
        click.echo(error.ctx.get_usage(), err=True)
        click.echo(say("cli.usage.hint", command=error.ctx.command_path), err=True)
    click.echo(f"depeche: {_misuse_message(error)}", err=True)
    return 2


def _misuse_message(error: click.UsageError) -> str:
    match error:
        case Misuse():
            return error.message
        case click.MissingParameter():
            return say("cli.usage.missing", name=_name(error))
        case click.BadParameter():
            return say("cli.usage.bad_value", name=_name(error), reason=error.message)
        case click.NoSuchOption():
            return say("cli.usage.no_option", name=error.option_name) + _guess(error.possibilities)
        case click.NoSuchCommand():
            return say("cli.usage.no_command", name=error.command_name) + _guess(error.possibilities)
        case click.BadOptionUsage():
            return say("cli.usage.option_value", name=error.option_name)
        case _:
            return say("cli.usage.unexpected")


def _name(error: click.BadParameter) -> str:
    if error.param is None:
        return ""
    if isinstance(error.param, click.Option):
        return error.param.opts[0]
    return error.param.make_metavar(error.ctx or click.Context(root))


def _guess(possibilities: list[str] | None) -> str:
    return " " + say("cli.usage.guess", names=", ".join(possibilities)) if possibilities else ""


def _version(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"depeche {version('depeche')}")
        ctx.exit()


_VERSION = Option(
    ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_version, help="cli.option.version"
)
root = Root(
    "depeche",
    help="cli.help",
    lazy=_MODULES,
    params=[_VERSION],
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 110},
)


def main() -> None:
    """The console script."""
    settle()
    root.main()


if __name__ == "__main__":
    main()
