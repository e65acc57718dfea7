"""How somebody works a page: with a mouse, or with the keyboard alone, which also looks where the focus is."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import FileChooser, Locator, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

# As far as anybody should have to go from one field of a page to the next thing they want on it.
MOST_TABS = 35

_WHERE = """(wanted) => {
  const here = document.activeElement;
  const near = [here, here.closest("label"), here.nextElementSibling].filter(Boolean);
  const ring = near.some((each) => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  });
  const box = (here.closest("label") ?? here).getBoundingClientRect();
  const points = [[0.5, 0.5], [0.05, 0.5], [0.95, 0.5], [0.5, 0.1], [0.5, 0.9]];
  const seen = points.some(([x, y]) => {
    const hit = document.elementFromPoint(box.left + x * box.width, box.top + y * box.height);
    return hit && (near.some((each) => each.contains(hit)) || (hit !== document.body && hit.contains(here) && hit.matches("label")));
  });
  const name = here.outerHTML.slice(0, 160);
  return { there: here === wanted, back: Boolean(here.compareDocumentPosition(wanted) & 2), ring, seen, name,
           page: here === document.body };
}"""  # noqa: E501


class Mouse:
    """Points and clicks; types into what was clicked."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, what: Locator) -> None:
        what.click()

    def write(self, what: Locator, text: str) -> None:
        what.click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def tick(self, what: Locator) -> None:
        what.locator("xpath=ancestor::label").click()

    choose = tick

    def bring(self, what: Locator, file: Path) -> None:
        with self.page.expect_file_chooser() as chooser:
            what.click()
        chooser.value.set_files(file)


class Keys:
    """Tab, arrows, Enter and Space, nothing else. Wherever the focus comes it has to be seen, and it must go on."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, what: Locator) -> None:
        self._reach(what)
        self.page.keyboard.press("Enter")

    def write(self, what: Locator, text: str) -> None:
        self._reach(what)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def tick(self, what: Locator) -> None:
        self._reach(what)
        self.page.keyboard.press("Space")

    def choose(self, what: Locator) -> None:
        """One Tab stop for all radios of a name; arrows go from one to the next."""
        name = what.get_attribute("name")
        group = what.locator(f"xpath=ancestor::fieldset//input[@name='{name}']").all()
        self._reach(next((each for each in group if each.is_checked()), group[0]))
        for _ in group:
            if what.is_checked():
                return
            self.page.keyboard.press("ArrowRight")
            self._look(what)
        assert what.is_checked()

    def bring(self, what: Locator, file: Path) -> None:
        """Space opens the browser's own dialog; pressed again where the browser was still busy drawing."""
        self._reach(what)
        opened: list[FileChooser] = []
        self.page.on("filechooser", lambda dialog: opened.append(dialog))
        for _ in range(4):
            self.page.keyboard.press("Space")
            with suppress(PlaywrightTimeout):
                if not opened:
                    self.page.wait_for_event("filechooser", timeout=15_000)
            if opened:
                break
        opened[0].set_files(file)

    def _reach(self, what: Locator) -> None:
        what.wait_for(state="attached")
        self.page.wait_for_load_state()
        found, before, tabs = self._look(what), "", 0
        if found["page"]:
            found = self._past_the_navigation(what)
            tabs = 2
        while not found["there"]:
            tabs += 1
            assert tabs <= MOST_TABS, f"{tabs} Tabs and not there: {what}"
            before = found["name"]
            self.page.keyboard.press("Shift+Tab" if found["back"] else "Tab")
            found = self._look(what)
            assert found["name"] != before or found["there"], f"the focus is caught in {before}"

    def _past_the_navigation(self, what: Locator) -> dict[str, Any]:
        """A page just opened: its first stop leads to what it is about."""
        self.page.keyboard.press("Tab")
        found = self._look(what)
        skips = self.page.evaluate("document.activeElement.matches('.skip')")
        if skips and what.evaluate("each => Boolean(each.closest('main'))"):
            self.page.keyboard.press("Enter")
            found = self._look(what, ring=False)
        return found

    def _look(self, what: Locator, *, ring: bool = True) -> dict[str, Any]:
        found: dict[str, Any] = what.evaluate(_WHERE)
        if ring and not found["page"] and not self.page.evaluate("document.activeElement.matches('[tabindex=\"-1\"]')"):
            assert found["ring"], f"nothing shows that the focus is here: {found['name']}"
            assert found["seen"], f"the focus is under something else: {found['name']}"
        return found
