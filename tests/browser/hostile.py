"""What somebody writes who wants our pages to run a script of theirs: in every spelling that has worked somewhere."""
# ruff: noqa: E501  (a table)

from __future__ import annotations

import json
import re
from html import escape
from typing import Any

from web.embed.style import HEIGHT_SCRIPT

RUN = "__pwned(1)"
_IMG = f"<img src=x onerror={RUN}>"
SUM = "{{1337*1337}}"
SUMMED = "1787569"

# Plain breakouts: of text, attributes, elements whose content is no markup, comments, JSON in a script.
BREAKOUTS = (
    f"<script>{RUN}</script>", f"\"><script>{RUN}</script>", f"'><script>{RUN}</script>", f"\">{_IMG}", f"'>{_IMG}",
    f"</title><script>{RUN}</script>", f"</textarea><script>{RUN}</script>", f"</style><script>{RUN}</script>",
    f"</script><script>{RUN}</script>", f"</noscript>{_IMG}", f"--><script>{RUN}</script>", f"--!>{_IMG}<!--",
    f"]]><script>{RUN}</script>", f"*/{RUN}/*", f"\";{RUN}//", f"\\\";{RUN}//", f"'-{RUN}-'", f"\\u003cscript>{RUN}",
    f"\u2028{RUN}\u2028", f"\" onfocus={RUN} autofocus=\"", f"' onpointerenter='{RUN}", f"` onload=`{RUN}`",
    f"<<script>{RUN}//<</script>", f"<scr<script>ipt>{RUN}</scr</script>ipt>", f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&#60;img src=x onerror={RUN}&#62;", f"%3Cscript%3E{RUN}%3C/script%3E", f"+ADw-script+AD4-{RUN}+ADw-/script+AD4-",
    SUM, "${1337*1337}", "{%if 1%}{{''.__class__}}{%endif%}", f"{{{{constructor.constructor('{RUN}')()}}}}",
)  # fmt: skip
# Elements that run something by themselves, and parsers that disagree about where an element ends.
ELEMENTS = (
    _IMG, f"<svg onload={RUN}>", f"<svg/onload={RUN}//", f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>", f"<svg><a xlink:href=javascript:{RUN}><text y=9>x</text></a>",
    f"<svg><use href=\"data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg' onload='{RUN}'/>#x\"/></svg>",
    f"<svg><set attributeName=href to=javascript:{RUN}>", f"<details open ontoggle={RUN}>x</details>",
    f"<video autoplay><source onerror={RUN}></video>", f"<audio src=x onerror={RUN}>", f"<body onload={RUN}>",
    f"<input autofocus onfocus={RUN}>", f"<marquee onstart={RUN}>x</marquee>", f"<iframe srcdoc='{_IMG}'></iframe>",
    f"<iframe src=javascript:parent.{RUN}></iframe>", f"<object data=javascript:{RUN}></object>",
    f"<object data='data:text/html,{_IMG}'></object>", f"<embed src=javascript:{RUN}>", f"<link rel=import href=/x {_IMG}",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>", "<base href=//pwned.example/>",
    f"<form action=javascript:{RUN}><button>x</button></form>", f"<button formaction=javascript:{RUN}>x</button>",
    f"<style>@import 'javascript:{RUN}';*{{x:expression({RUN})}}</style>",
    f"<p style=\"width:expression({RUN});background:url(javascript:{RUN})\">x</p>", f"<isindex action=javascript:{RUN}>",
    f"<noscript><p title=\"</noscript>{_IMG}\"></noscript>", f"<!--><img src=x onerror={RUN}>-->", f"<!-- --!>{_IMG} -->",
    f"<![CDATA[>{_IMG}]]>", f"<?xml >{_IMG}?>", f"<xmp><p title=\"</xmp>{_IMG}\">", f"<plaintext></plaintext>{_IMG}",
    f"<svg></p><style><a id=\"</style>{_IMG}\">", f"<math><mi><style><!--</style><a title=\"--&gt;{escape(_IMG)}\">",
    f"<form><math><mtext></form><form><mglyph><style></math>{_IMG}",
    f"<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;{escape(_IMG)}\">",
    f"<select><template><style><!--</style><a title=\"-->{_IMG}\"></template></select>",
    f"<svg><foreignobject><iframe xmlns=http://www.w3.org/1999/xhtml srcdoc='{escape(_IMG)}'></iframe>",
    f"<template shadowrootmode=open><script>{RUN}</script></template>", f"<p id=__pwned><a name=attributes {_IMG}",
    f"<img src=\"x` `{_IMG}\"` `>", f"<img/src=x/onerror={RUN}>", f"<img\fsrc=x\fonerror={RUN}>", f"<a\x00href=x>{_IMG}",
)  # fmt: skip
ADDRESSES = (
    f"javascript:{RUN}", f"JaVaScRiPt:{RUN}", f" javascript:{RUN}", f"\x01javascript:{RUN}", f"java\tscript:{RUN}",
    f"java\nscript:{RUN}", f"javascript\r:{RUN}", f"javascript://x/%0A{RUN}", f"javascript&colon;{RUN}",
    f"&#106;avascript:{RUN}", f"&#x6A&#x61vascript:{RUN}", f"java&Tab;script:{RUN}", f"java&NewLine;script:{RUN}",
    f"vbscript:{RUN}", f"data:text/html,{_IMG}", "data:text/html;base64,PHNjcmlwdD5fX3B3bmVkKDEpPC9zY3JpcHQ+",
    f"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='{RUN}'/>", f"view-source:javascript:{RUN}",
    f"feed:javascript:{RUN}", f"blob:javascript:{RUN}", f"//x.example/\"onerror=\"{RUN}", f"https://x.example/'>{_IMG}",
    f"https://x.example/\"><script>{RUN}</script>", f"https://x.example/ onerror={RUN}", f"\\javascript:{RUN}",
)  # fmt: skip
LINKED = tuple(f'<a href="{each}">x</a><img src="{each}">' for each in ADDRESSES)
MARKDOWN = (
    *(f"[x]({each}) ![x]({each}) <{each}>" for each in ADDRESSES[:10]), f"[x][1]\n\n[1]: javascript:{RUN}",
    f"![x](x\"onerror=\"{RUN})", f"![\"onerror=\"{RUN}](x)", f"[x](https://x.example \"\"onpointerenter={RUN} \")",
    f"```x\" onload=\"{RUN}\n</code></pre>{_IMG}\n```", f"`<script>{RUN}</script>`", f"- {_IMG}\n> <script>{RUN}</script>",
    f"**<b onclick={RUN}>x**", f"[<script>{RUN}</script>](x)", f"[x](<javascript:{RUN}>)", f"<a href=javascript&#58;{RUN}>x",
)  # fmt: skip
TEXTS = (*BREAKOUTS, *ELEMENTS, *LINKED, *MARKDOWN)
FEW = (BREAKOUTS[1], BREAKOUTS[5], BREAKOUTS[8], BREAKOUTS[19], ELEMENTS[0], BREAKOUTS[28])

# What stands in a document though nobody should have let it: handlers, scripts, addresses that are programs.
FOUND = r"""() => {
  const bad = [];
  const look = (root) => {
    for (const each of root.querySelectorAll("*")) {
      if (each.shadowRoot) look(each.shadowRoot);
      for (const { name, value } of each.attributes) {
        const packed = value.replace(/[\u0000-\u0020]/g, "").toLowerCase();
        if (/^on/i.test(name)) bad.push(each.outerHTML.slice(0, 300));
        if (!/^(href|src|action|formaction|data|poster|xlink:href|srcdoc|background|ping)$/i.test(name)) continue;
        const image = each.matches("img, source, link") && /^data:image\/(?!svg)/.test(packed);
        if (/^(javascript|vbscript|data):/.test(packed) && !image) bad.push(each.outerHTML.slice(0, 300));
      }
      if (each.text === OURS) continue;
      if (each.matches("script:not([src]):not([type='application/ld+json']), iframe[srcdoc], object, embed, base, svg script,"
        + "meta[http-equiv=refresh i], animate, set, isindex, marquee, template[shadowrootmode]")) bad.push(each.outerHTML.slice(0, 300));
      if (each.matches("script[src]") && new URL(each.src).host !== PLACE) bad.push(each.outerHTML.slice(0, 300));
    }
  };
  look(document);
  return bad;
}"""


class Watch:
    """A browser without our policy in which nothing of theirs may run; ``heard`` is what did."""

    def __init__(self, chromium: Any, url: str) -> None:
        self.url, self.heard, self.at = url, [], ""
        self.context = chromium.new_context(bypass_csp=True, locale="fr-FR")
        self.context.expose_binding("__pwned", lambda _, *said: self.hear("script", said))
        self.context.on("dialog", lambda dialog: (self.hear("dialog", dialog.message), dialog.dismiss()))
        self.context.on(
            "request",
            lambda asked: asked.url.startswith(("http://pwned", "https://pwned")) and self.hear("request", asked.url),
        )
        # Pictures of strangers are not waited for.
        self.context.route(re.compile(r"https?://(?!127\.0\.0\.1)"), lambda route: route.abort())
        self.page = self.context.new_page()
        self.found = FOUND.replace("PLACE", repr(url.partition("//")[2])).replace("OURS", json.dumps(HEIGHT_SCRIPT))

    def hear(self, kind: str, said: object) -> None:
        self.heard.append(f"{kind} at {self.at or self.page.url}: {said}")

    def visit(self, path: str) -> Any:
        """Open an address of ours, and look through what it shows."""
        answer = self.page.goto(path if "://" in path else self.url + path)
        self.look(path)
        return answer

    def look(self, name: str) -> None:
        for frame in self.page.frames:
            self.heard += [f"{name}: {each}" for each in frame.evaluate(self.found)]
        if SUMMED in self.page.content():
            self.hear("template", name)

    def show(self, documents: dict[str, str]) -> None:
        """Many documents at once, each in a frame of its own, by the browser's own parser."""
        names = list(documents)
        for start in range(0, len(names), 15):
            now = names[start : start + 15]
            self.at = f"one of {now}"
            assert not [name for name in now if SUMMED in documents[name]], now
            self.page.evaluate(_SHOW, [documents[name] for name in now])
            for name, frame in zip(now, self.page.main_frame.child_frames, strict=False):
                self.heard += [f"{name}: {each}" for each in frame.evaluate(self.found)]
        self.at = ""


_SHOW = """async (documents) => {
  document.body.replaceChildren();
  await Promise.all(documents.map((text) => new Promise((done) => {
    const frame = document.createElement("iframe");
    frame.addEventListener("load", done);
    frame.srcdoc = text;
    document.body.append(frame);
  })));
}"""
