"""Writing the body: the toolbar and its keys, and what is pasted from Word and from web pages."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><style>p.MsoNormal{margin:0}</style></head><body>
<!--StartFragment--><h1>Rentrée</h1>
<p class=MsoNormal>La <b style='mso-bidi-font-weight:normal'>rentrée</b> est
le <i>1er septembre</i><o:p></o:p>.</p>
<p class=MsoListParagraph style='text-indent:-18pt;mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span
style='font:7pt "Times New Roman"'>&nbsp;&nbsp;</span></span>Accueil</p>
<p class=MsoListParagraph style='text-indent:-18pt;mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span
style='font:7pt "Times New Roman"'>&nbsp;&nbsp;</span></span>Visite</p><!--EndFragment--></body></html>"""
WEB = """<meta charset="utf-8"><b style="font-weight:normal;"><p>Voir <a href="https://x.example/a(b)?c=é">la page</a>,
2*3 et <span style="font-weight:700">ceci</span>.</p><ol><li><p>Un</p></li><li>Deux<ul><li>dedans</li></ul></li></ol>
<img src="https://x.example/t.gif" onerror="document.title='owned'"><script>document.title='owned'</script>
<a href="javascript:alert(1)">mot</a><blockquote>Dit</blockquote></b>"""
PASTE = """(field, markup) => {
  const held = new DataTransfer();
  held.setData("text/html", markup);
  held.setData("text/plain", "nu");
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: held, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def body(staff, newsroom):
    staff.goto(f"{newsroom.url}/staff/items/new")
    field = staff.locator("#body")
    field.focus()
    return field


def test_the_toolbar_and_its_keys_write_markdown_and_undo_takes_it_back(body, staff):
    staff.keyboard.type("mot")
    body.select_text()
    staff.keyboard.press("Control+b")
    assert body.input_value() == "**mot**"
    staff.keyboard.press("Control+b")
    assert body.input_value() == "mot"
    staff.get_by_role("button", name="Liste", exact=True).click()
    assert body.input_value() == "- mot"
    staff.keyboard.press("Control+z")
    assert body.input_value() == "mot"
    body.select_text()
    staff.keyboard.press("Control+k")
    staff.keyboard.type("https://x.example/")
    assert body.input_value() == "[mot](https://x.example/)"
    staff.get_by_role("button", name="Gras").focus()
    staff.keyboard.press("ArrowRight")
    assert staff.evaluate("document.activeElement.dataset.do") == "italic"


@pytest.mark.parametrize(("markup", "written"), [
    (WORD, "## Rentrée\n\nLa **rentrée** est le *1er septembre*.\n\n- Accueil\n- Visite"),
    (WEB, "Voir [la page](https://x.example/a%28b%29?c=%C3%A9), 2\\*3 et **ceci**.\n\n"
          "1. Un\n2. Deux\n   - dedans\n\nmot\n\n> Dit"),
    ("<table><caption>Jury</caption><tr><th>Nom</th><th>Rôle</th></tr><tr><td>Ada</td><td>rapporteuse</td></tr></table>",
     "Jury\n\nNom · Rôle\n\nAda · rapporteuse"),
])  # fmt: skip
def test_what_is_pasted_becomes_markdown(body, staff, markup, written):
    body.evaluate(PASTE, markup)
    assert body.input_value() == written
    assert staff.title() != "owned"
