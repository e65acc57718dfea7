"""What a partner copies: the block's code for each kind of site. Pure: the same choice gives the same text.

The suite runs every sample: in a browser under a strict policy, through nginx, curl, and a Markdown reader.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from markupsafe import escape

from web.embed.query import COLOURS, LAYOUTS, USUAL_HEADING, Wanted

# What a partner's server knows of its visitor and would pass on; and what would have our answer compressed.
_TELLING = ("Cookie", "Authorization", "Referer", "User-Agent", "Accept-Language", "Accept-Encoding")
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
    """An inclusion by nginx: its configuration, then the lines of the page. Kept as long as we allow, and shown on
    while we are down; nothing of the visitor, no cookie above all, is passed on; a link where nothing ever came."""
    return (
        "# http { … }\n"
        "proxy_cache_path /var/cache/nginx/depeche keys_zone=depeche:1m max_size=10m inactive=1d;\n\n"
        "# server { … }\n"
        "location /depeche/ {\n"
        "    internal;\n"
        f"    proxy_pass {choice.base_url}/embed/;\n"
        "    proxy_ssl_server_name on;\n"
        "    proxy_pass_request_headers off;\n"
        "    proxy_connect_timeout 2s;\n"
        "    proxy_read_timeout 3s;\n"
        "    proxy_cache depeche;\n"
        "    proxy_intercept_errors on;\n"
        "    error_page 400 404 410 500 502 503 504 =204 @depeche_nothing;\n"
        "}\n"
        "location @depeche_nothing { return 204; }\n"
        "# location / { ssi on; … }\n\n"
        f'<!--# block name="depeche" -->{_link(choice)}<!--# endblock -->\n'
        f'<!--# include virtual="/depeche/{choice.fragment}" stub="depeche" -->'
    )


def apache(choice: Choice) -> str:
    """An inclusion by Apache (mod_include, mod_proxy_http, mod_headers) that passes nothing of the visitor on, and
    shows a link when nothing comes."""
    return (
        "SSLProxyEngine on\n"
        '<Location "/depeche/">\n'
        f'    ProxyPass "{choice.base_url}/embed/" connectiontimeout=2 timeout=3\n'
        "    ProxyErrorOverride on\n"
        "    ProxyAddHeaders off\n"
        + "".join(f"    RequestHeader unset {name}\n" for name in _TELLING)
        + "</Location>\n"
        "# Options +Includes\n"
        "# AddOutputFilter INCLUDES .html\n\n"
        f'<!--#config errmsg="{_link(choice).replace(chr(34), chr(39))}" -->\n'
        f'<!--#include virtual="/depeche/{choice.fragment}" -->'
    )


def php(choice: Choice) -> str:
    """An inclusion by PHP that waits three seconds at most, and shows a link when nothing comes."""
    return (
        "<?php\n"
        '$three_seconds = stream_context_create(["http" => ["timeout" => 3]]);\n'
        f"$block = @file_get_contents({_php(f'{choice.base_url}/embed/{choice.fragment}')}, false, $three_seconds);\n"
        f"echo $block !== false ? $block : {_php(_link(choice))};\n"
        "?>"
    )


def curl(choice: Choice) -> str:
    """A file brought up to date by a timer; when nothing comes, the one that is there stays."""
    address = shlex.quote(f"{choice.base_url}/embed/{choice.fragment}")
    fetched = f"curl --fail --location --silent --show-error --max-time 20 --output block.html.new {address}"
    return f"{fetched} \\\n  && mv block.html.new block.html"


def _link(choice: Choice) -> str:
    return f'<p><a href="{escape(choice.more)}">{escape(choice.more_text)}</a></p>'


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
