"""Every page at every width, with large text and in 长辈版: no complaint, no sideways scroll, axe content.

No complaint is no console error, no violation of the policy, no request to another host. The pages of
the admin are looked at as staff see them, at a desk.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import pages
from tests.browser.pages import Stop
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LARGE_TEXT = 1.4
SCALE_TEXT = """(factor) => {
  const root = document.documentElement;
  root.style.fontSize = "";
  if (factor !== 1) root.style.fontSize = `${parseFloat(getComputedStyle(root).fontSize) * factor}px`;
}"""
# How far the page scrolls sideways, and what sticks out.
SIDEWAYS = """() => {
  const root = document.documentElement;
  const excess = root.scrollWidth - root.clientWidth;
  if (excess <= 0) return null;
  const out = [...document.querySelectorAll("body *")]
    .filter((each) => each.getBoundingClientRect().right > root.clientWidth + 1);
  return `${excess} px: ${out.slice(-3).map((each) => each.outerHTML.slice(0, 80)).join(" | ")}`;
}"""
MAKE_FAULTS = """async () => {
  const picture = document.createElement("img");
  picture.src = "/static/img/favicon.svg";
  picture.style.minWidth = "900px";
  document.querySelector("main > .wrap").append(picture);
  const script = document.createElement("script");
  script.textContent = "window.isRun = true";
  document.body.append(script);
  await fetch("https://portal.invalid/").catch(() => null);
  console.error("fault");
  setTimeout(() => { window.faultsAreMade = true; }, 100);
}"""


@dataclass(frozen=True)
class Face:
    """How a round of visits sees the portal: widths, sizes of text, 长辈版 or not, with axe or not."""

    widths: tuple[int, ...]
    is_elder: bool
    has_axe: bool
    text_factors: tuple[float, ...] = (1, LARGE_TEXT)


FACES = {
    "phone": Face((390, 360), is_elder=False, has_axe=True),
    "desktop": Face((1440,), is_elder=False, has_axe=True),
    "phone elder": Face((390, 360), is_elder=True, has_axe=False),
    "desktop elder": Face((1440,), is_elder=True, has_axe=False),
}


PARTS = {
    "everyone": pages.of_everyone,
    "owner": pages.of_the_owner,
    "stranger": pages.of_the_stranger,
    "mentor": pages.of_the_mentor,
    "one-to-ones": pages.of_one_to_ones,
    "clinics": pages.of_clinics,
    "year-end": pages.of_the_year_end,
    "judge": pages.of_the_judge,
}


# One test for each part, so that they are shared out among the processes.
@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS.keys())
@pytest.mark.parametrize("face", FACES.values(), ids=FACES.keys())
def test_portal_pages_stay_in_their_width_and_axe_finds_nothing_serious(scene, visit, face, part):
    complaints = _walk(scene, visit, face, part(scene))
    assert not complaints, "\n".join(complaints)


def test_admin_pages_stay_in_their_width_and_axe_finds_nothing_serious(scene, visit):
    face = Face((1440,), is_elder=False, has_axe=True, text_factors=(1,))
    complaints = _walk(scene, visit, face, pages.of_the_staff(scene))
    assert not complaints, "\n".join(complaints)


def test_page_with_faults_is_complained_about(scene, visit):
    """What the tests above rely on sees each kind of fault."""
    visitor = visit()
    visitor.open("/")
    visitor.page.evaluate(MAKE_FAULTS)
    assert "scrolls sideways" in " ".join(_widths(visitor, FACES["phone"], "home"))
    assert "image-alt" in " ".join(_serious(visitor))
    visitor.page.wait_for_function("() => window.faultsAreMade")
    told = " ".join(visitor.complaints)
    assert "policy violation: script-src" in told
    assert "policy violation: connect-src" in told
    assert "console: fault" in told
    visitor.complaints.clear()


def _walk(scene, visit, face: Face, stops: Iterable[Stop]) -> list[str]:
    """Visit every stop; what the browser itself complains about, ``visit`` tells at its end."""
    visitors: dict[str, Visitor] = {}
    complaints = []
    for stop in stops:
        if stop.who not in visitors:
            visitors[stop.who] = visit(
                person=scene.people.get(stop.who), width=face.widths[0], elder=face.is_elder
            )
        complaints.append(_look(visitors[stop.who], face, stop))
    return list(chain.from_iterable(complaints))


def _look(visitor: Visitor, face: Face, stop: Stop) -> list[str]:
    response = visitor.open(stop.path)
    found = []
    if response.status != stop.status:
        found.append(f"{stop.name}: answered {response.status}, not {stop.status}")
    if stop.act:
        stop.act(visitor)
    if face.has_axe:
        found += [f"{stop.name}: axe: {each}" for each in _serious(visitor)]
    return found + _widths(visitor, face, stop.name)


def _widths(visitor: Visitor, face: Face, name: str) -> list[str]:
    """Return at which width and size of text the page scrolls sideways."""
    found = []
    for width in face.widths:
        visitor.page.set_viewport_size({"width": width, "height": 844})
        for factor in face.text_factors:
            visitor.page.evaluate(SCALE_TEXT, factor)
            excess = visitor.page.evaluate(SIDEWAYS)
            if excess:
                found.append(f"{name}: {width} px, text ×{factor}: scrolls sideways by {excess}")
    if len(face.widths) > 1:
        visitor.page.set_viewport_size({"width": face.widths[0], "height": 844})
    return found


def _serious(visitor: Visitor) -> list[str]:
    """Return what axe calls serious or critical, with the first places."""
    violations = Axe().run(visitor.page).response["violations"]
    return [
        f"{each['id']} ({each['impact']}) {[node['html'][:120] for node in each['nodes'][:3]]}"
        for each in violations
        if each["impact"] in ("serious", "critical")
    ]
