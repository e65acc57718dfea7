"""What a partner copies: the block's code for each kind of site. Pure: the same choice gives the same text.

The suite runs every sample: in a browser under a strict policy, through nginx, curl, and a Markdown reader.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from markupsafe import escape

from web.embed_asked import COLOURS, LAYOUTS, USUAL_HEADING, Wanted

_ROUGHLY = {"list": 122, "cards": 150, "headlines": 62}


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen. ``base_url``: of the newsroom; ``base``, ``tongue``: the selection's address in its two parts;
    ``label``: its name for people; ``more``: the absolute address of all its news, ``more_text``: the words of that
    link; ``script``: the path of the script that never changes, ``integrity``: its hash;
    ``partner``: the key of the partner who copies it, or ""."""

    base_url: str
    base: str
    tongue: str
    asked: Wanted
    label: str
    more: str
    more_text: str
    script: str
    integrity: str
    partner: str = ""

    @property
    def address(self) -> str:
        """The selection as addresses write it."""
        return f"{self.base}.{self.tongue}" if self.tongue else self.base

    @property
    def page(self) -> str:
        """The absolute address of the page for an iframe."""
        said = Wanted(self.asked.limit, self.asked.layout, colours=self.asked.colours).query
        return f"{self.base_url}/embed/{self.address}{self.query(said)}"

    @property
    def fragment(self) -> str:
        """The address of the fragment after ``/embed/``."""
        said = Wanted(self.asked.limit, self.asked.layout, self.asked.heading).query
        return f"{self.address}.html{self.query(said)}"

    def query(self, said: str = "") -> str:
        """How an address goes on that asks for what is ``said``, and names the partner; "" when there is nothing."""
        parts = [part for part in (said, f"p={self.partner}" if self.partner else "") if part]
        return f"?{'&'.join(parts)}" if parts else ""

    @property
    def height(self) -> int:
        """Pixels a column of usual width needs, about; what is longer scrolls where nothing tells it to grow."""
        rows = self.asked.limit if self.asked.layout != "cards" else -(-self.asked.limit // 2)
        return 70 + rows * _ROUGHLY[self.asked.layout]


@dataclass(frozen=True, slots=True)
class Sample:
    """Text to copy. ``name``: the kind of site."""

    name: str
    code: str


def samples(choice: Choice) -> tuple[Sample, ...]:
    """The samples, the one most people want first."""
    return (
        Sample("html", html(choice)),
        Sample("pinned", html(choice, pinned=True)),
        Sample("iframe", f"{iframe(choice)}\n{_script(choice.base_url + '/embed.js')}"),
        Sample("wordpress", choice.page),
        Sample("drupal", iframe(choice)),
        Sample("moodle", iframe(choice)),
        Sample("spip", f"<html>{iframe(choice)}</html>"),
        Sample("markdown", f"{iframe(choice)}\n\n[{_words(choice.more_text)}](<{choice.more}>)"),
        Sample("nginx", nginx(choice)),
        Sample("apache", apache(choice)),
        Sample("php", php(choice)),
        Sample("curl", curl(choice)),
        Sample("newsletter", f"{choice.base_url}/embed/{choice.address}.email.html{_limit(choice)}"),
        Sample("text", f"{choice.base_url}/embed/{choice.address}.txt{_limit(choice)}"),
        Sample("json", f"{choice.base_url}/feeds/{choice.address}.json{choice.query()}"),
    )


def html(choice: Choice, *, pinned: bool = False) -> str:
    """The element, with a link for readers without scripts. ``pinned``: the script named by its hash."""
    asked = choice.asked
    said = {"selection": choice.base, "lang": choice.tongue, "limit": asked.limit}
    said |= {"layout": asked.layout} if asked.layout != LAYOUTS[0] else {}
    said |= {"heading": asked.heading} if asked.heading != USUAL_HEADING else {}
    said |= {name: f"#{value}" for name, value in zip(COLOURS, asked.colours, strict=True) if value}
    said |= {"partner": choice.partner} if choice.partner else {}
    attributes = " ".join(f'{name}="{escape(value)}"' for name, value in said.items() if value)
    inside = f'<a href="{escape(choice.more)}">{escape(choice.more_text)}</a>'
    script = choice.base_url + (choice.script if pinned else "/embed.js")
    return f"{_script(script, choice.integrity if pinned else '')}\n<depeche-news {attributes}>{inside}</depeche-news>"


def iframe(choice: Choice) -> str:
    """The page in a frame of about the right height. Attributes instead of a style: strict policies allow them."""
    return (
        f'<iframe src="{escape(choice.page)}" title="{escape(choice.label)}" width="100%" '
        f'height="{choice.height}" frameborder="0" loading="lazy"></iframe>'
    )


def nginx(choice: Choice) -> str:
    """An inclusion by nginx: two lines of configuration, one of the page."""
    return (
        "location /depeche/ {\n"
        f"    proxy_pass {choice.base_url}/embed/;\n"
        "    proxy_ssl_server_name on;\n"
        '    proxy_set_header Accept-Encoding "";\n'
        "}\n"
        "# location / { ssi on; … }\n\n"
        f'<!--# include virtual="/depeche/{choice.fragment}" -->'
    )


def apache(choice: Choice) -> str:
    """An inclusion by Apache (mod_include, mod_proxy_http)."""
    return (
        "SSLProxyEngine on\n"
        f'ProxyPass "/depeche/" "{choice.base_url}/embed/"\n'
        "# Options +Includes\n"
        "# AddOutputFilter INCLUDES .html\n\n"
        f'<!--#include virtual="/depeche/{choice.fragment}" -->'
    )


def php(choice: Choice) -> str:
    """An inclusion by PHP that waits three seconds at most, and shows a link when nothing comes."""
    link = f'<p><a href="{escape(choice.more)}">{escape(choice.more_text)}</a></p>'
    return (
        "<?php\n"
        '$three_seconds = stream_context_create(["http" => ["timeout" => 3]]);\n'
        f"$block = @file_get_contents({_php(f'{choice.base_url}/embed/{choice.fragment}')}, false, $three_seconds);\n"
        f"echo $block !== false ? $block : {_php(link)};\n"
        "?>"
    )


def curl(choice: Choice) -> str:
    """A file brought up to date by a timer; when nothing comes, the one that is there stays."""
    address = shlex.quote(f"{choice.base_url}/embed/{choice.fragment}")
    fetched = f"curl --fail --silent --show-error --max-time 20 --output block.html.new {address}"
    return f"{fetched} \\\n  && mv block.html.new block.html"


def _script(address: str, integrity: str = "") -> str:
    pinned = f' integrity="{integrity}" crossorigin="anonymous"' if integrity else ""
    return f'<script type="module" src="{escape(address)}"{pinned}></script>'


def _limit(choice: Choice) -> str:
    return choice.query(Wanted(choice.asked.limit).query)


def _php(text: str) -> str:
    quoted = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{quoted}'"


def _words(text: str) -> str:
    return "".join(f"\\{sign}" if sign in r"\[]*_`<>&" else sign for sign in text)
