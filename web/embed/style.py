"""How the page for an iframe looks and what it may do; both are named by their hashes in its policy."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from hashlib import sha256

from flask import Flask

from web.answers.reply import Headers
from web.embed.query import COLOURS
from web.theme import stylesheet

# The page tells the page around it how tall it is: at once too, since browsers observe no sizes out of sight. Where it
# stands in WordPress, which lets no link out of frames it does not know, it asks to be led on, by WordPress's protocol:
# that carries a secret, and allows our own host alone.
HEIGHT_SCRIPT = """(() => {
if (parent === self) return;
const root = document.documentElement, secret = (/secret=(\\w+)/.exec(location.hash) || [])[1];
const say = (message, value) => parent.postMessage({ message, value, secret }, "*");
const tell = () => say("height", Math.ceil(root.getBoundingClientRect().height));
tell();
new ResizeObserver(tell).observe(root);
addEventListener("message", tell);
addEventListener("click", (event) => {
  const link = secret && event.target.closest("a");
  if (!link) return;
  event.preventDefault();
  say("link", link.host === location.host ? link.href : link.dataset.page || link.href);
});
})();"""

MAIL_POLICY: Headers = (
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    ("X-Robots-Tag", "noindex"),
)


def page_style(app: Flask, colours: tuple[str, str, str]) -> str:
    """The one style sheet of the page. ``colours``: ``rrggbb`` or "", in the order of ``COLOURS``."""
    accent = app.extensions["desk"].settings.accent
    return stylesheet(accent) + app.jinja_env.get_template("embed/page.css").render() + _chosen(colours)


def _chosen(colours: tuple[str, str, str]) -> str:
    """Colours a partner chose hold on light and dark screens alike: its page around them is not ours to know."""
    rules = [f"--{name}:#{value}" for name, value in zip(COLOURS, colours, strict=True) if value]
    if not rules:
        return ""
    if colours[0] or colours[1]:
        rules += ["--quiet:color-mix(in srgb,var(--ink) 78%,var(--paper))"]
        rules += ["--rule:color-mix(in srgb,var(--ink) 20%,var(--paper))"]
    if colours[2]:
        rules.append(f"--accent-ink:#{colours[2]}")
    every = f":root{{{';'.join(rules)}}}"
    return f"{every}\n@media (prefers-color-scheme: dark){{{every}}}\n"


@lru_cache(maxsize=256)
def page_policy(style: str, open_to: str, home: str) -> Headers:
    """The page may stand in the frames of those it is ``open_to``; its style sheet and its script are named by their
    hashes (CSP Level 3 §2.3.1). Its pictures are ours: ``home`` is the newsroom's address."""
    rules = f"{page_rules(style, home)}; frame-ancestors {open_to}"
    return (("Content-Security-Policy", rules), ("X-Robots-Tag", "noindex"))


def page_rules(style: str, home: str) -> str:
    """What the page itself says of it, so that it holds also where a file is served by others: everything but who may
    frame it, which only a header can say (CSP Level 3 §3.3)."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(HEIGHT_SCRIPT)}'; "
        f"img-src {home}/media/; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
