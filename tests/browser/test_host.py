"""What the page around the chat can do: choose how the button looks, and learn or change nothing of the chat."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Page, expect

from bot.chat.assets import Assets
from tests.browser.chat import ask, no_violations, replies
from tests.browser.school import BUTTON, school_page
from tests.chat.fakes import FakeAssistant, RunningDoor

pytestmark = pytest.mark.browser

LIMIT = 45_000
"""Bytes over the line, of everything that the chat consists of."""

# What a hostile page may try, from before the script of the chat runs.
SPY = """() => {
  window.heard = [];
  addEventListener("message", (event) => heard.push(event.data), true);
  for (const name of ["attachShadow", "append"]) {
    const own = Element.prototype[name];
    Element.prototype[name] = function (...given) { heard.push(...given.map(String)); return own.apply(this, given) };
  }
  const post = window.postMessage;
  window.postMessage = (...given) => { heard.push(given[0]); return post.apply(window, given) };
}"""
# Everything that it may say to the frame; the words of the launcher among it, but from the wrong place or too much.
SPEAK = """(frame) => {
  const words = ["ouderchat:klaar", "ouderchat:nieuw", "ouderchat:gewist", "ouderchat:wis", "ouderchat:zichtbaar",
    {van: "bot", html: "<b>vals</b>", seq: 99, knoppen: [], meta: {}, tijd: "2026-01-01T00:00:00Z"},
    {type: "bericht", data: "vals"}, JSON.stringify({tekst: "vals"}), {keuze: "gesprek/mens_spreken"}, null, 1];
  for (const word of words) frame.contentWindow.postMessage(word, "*");
  for (const word of [...words, "ouderchat:sluit"]) window.postMessage(word, "*");
}"""
REACH = """async (door) => {
  const frame = document.getElementById("ouderchat").shadowRoot.querySelector("iframe");
  const attempts = {
    document: () => frame.contentDocument?.body?.innerText,
    window: () => frame.contentWindow.document.body.innerText,
    storage: () => frame.contentWindow.localStorage.getItem("ouderchat.token"),
    name: () => frame.contentWindow.name || null,
    api: async () => (await fetch(`${door}/api/gesprek`, {credentials: "include"})).text(),
    own: () => JSON.stringify({...localStorage, ...sessionStorage}),
    cookie: () => document.cookie || null,
    page: () => document.documentElement.outerHTML + frame.outerHTML,
  };
  const learned = {};
  for (const [name, attempt] of Object.entries(attempts)) {
    try { learned[name] = await attempt() } catch (error) { learned[name] = null }
  }
  return learned;
}"""


@pytest.fixture
def school(door: RunningDoor) -> Iterator[str]:
    with school_page(door.base) as address:
        yield address


def with_options(school: str, **options: str) -> str:
    return f"{school}?{urlencode(options)}"


def test_a_hostile_page_learns_nothing(page: Page, school: str, door: RunningDoor) -> None:
    page.add_init_script(f"if (window === top) ({SPY})()")
    page.goto(school)
    page.get_by_role("button", name=BUTTON).click()
    chat = page.frame_locator("iframe")
    ask(chat, "een geheim")
    token = page.frames[-1].evaluate("() => localStorage.getItem('ouderchat.token')")
    assert token and urlsplit(page.frames[-1].url).netloc != urlsplit(school).netloc, "another origin"
    # The page's own policy would stop its fetch already; this one has none.
    free = page.context.new_page()
    free.goto(door.base.replace("127.0.0.1", "localhost") + "/health")
    answer = f"() => fetch('{door.base}/api/gesprek', {{credentials: 'include'}}).then((a) => a.text(), () => 'niets')"
    assert free.evaluate(answer) == "niets"
    learned = page.evaluate(REACH.replace("api:", "// api:"), door.base)
    assert {name for name, value in learned.items() if value is not None} == {"own", "page"}
    everything = str([*learned.values(), *page.evaluate("() => heard.map(String)"), page.content()])
    for secret in ("geheim", token, "TLV", "toelaatbaarheidsverklaring"):
        assert secret not in everything
    told = [word for word in page.evaluate("() => heard") if isinstance(word, str) and word.startswith("ouderchat:")]
    assert set(told) <= {"ouderchat:klaar", "ouderchat:nieuw", "ouderchat:sluit"}


def test_a_hostile_page_changes_nothing(page: Page, school: str, assistant: FakeAssistant) -> None:
    page.goto(school)
    page.get_by_role("button", name=BUTTON).click()
    chat = page.frame_locator("iframe")
    ask(chat, "eerste vraag")
    before = chat.locator("body").inner_html()
    page.locator("iframe").evaluate(SPEAK)
    page.wait_for_timeout(500)
    assert chat.locator("body").inner_html() == before
    assert len(assistant.sent) == 1
    expect(page.locator("iframe")).to_be_visible()
    style = (
        "(node) => { const { color, display, fontSize } = getComputedStyle(node); return [color, display, fontSize] }"
    )
    assert chat.locator(".message--ouder .text").evaluate(style) == ["rgb(255, 255, 255)", "block", "16px"]
    ask(chat, "tweede vraag")


def test_nothing_comes_from_anyone_else(page: Page, school: str, door: RunningDoor) -> None:
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto(school)
    page.get_by_role("button", name=BUTTON).click()
    ask(page.frame_locator("iframe"), "Wat is een TLV?")
    own = {urlsplit(school).netloc, urlsplit(door.base).netloc}
    assert {urlsplit(url).netloc for url in asked if not url.startswith("data:")} == own
    assert next(url for url in asked if door.base in url) == f"{door.base}/widget.js"


def test_before_the_chat_is_opened_only_the_button_is_loaded(page: Page, school: str, door: RunningDoor) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(school)
    expect(page.get_by_role("button", name=BUTTON)).to_be_visible()
    assert [url for url in asked if url.startswith(door.base)] == [f"{door.base}/widget.js"]


def test_the_chat_is_light(page: Page, school: str, door: RunningDoor) -> None:
    sizes: dict[str, int] = {}

    def weigh(response: object) -> None:
        url = response.url  # type: ignore[attr-defined]
        if url.startswith(door.base) and "/api/" not in url:
            sizes[url] = response.request.sizes()["responseBodySize"]  # type: ignore[attr-defined]

    responses: list[object] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(school)
    page.get_by_role("button", name=BUTTON).click()
    ask(page.frame_locator("iframe"), "Wat is een TLV?")
    for response in responses:
        weigh(response)
    # Blocked in these tests, and a part of the chat all the same.
    total = sum(sizes.values()) + Assets().packed_size()["sw.js"]
    assert {url.rsplit("/", 1)[1] for url in sizes} >= {"widget.js", "chat", "frame.js", "frame.css", "masking.json"}
    assert total <= LIMIT, sizes


def test_colour_place_and_words_of_the_button_can_be_chosen(page: Page, school: str) -> None:
    page.goto(with_options(school, knop="Stel een vraag", kleur="#ffd400", plaats="links"))
    button = page.get_by_role("button", name="Stel een vraag")
    look = "(node) => { const style = getComputedStyle(node); return [style.backgroundColor, style.color] }"
    assert button.evaluate(look) == ["rgb(255, 212, 0)", "rgb(0, 0, 0)"], "black can be read on it"
    box = button.bounding_box()
    assert box is not None and box["x"] < 40
    page.goto(with_options(school, kleur="red; } * { display: none"))
    assert page.get_by_role("button", name=BUTTON).evaluate(look) == ["rgb(11, 85, 96)", "rgb(255, 255, 255)"]


def test_an_opening_text_stands_beside_the_button_until_it_is_closed(page: Page, school: str) -> None:
    with_text = with_options(school, tekst="Vragen over <b>extra</b> hulp?")
    page.goto(with_text)
    expect(page.get_by_text("Vragen over <b>extra</b> hulp?")).to_be_visible()
    page.get_by_role("button", name="Tekst sluiten").click()
    expect(page.get_by_role("button", name=BUTTON)).to_be_focused()
    page.goto(with_text)
    expect(page.get_by_role("button", name=BUTTON)).to_be_visible()
    expect(page.get_by_text("Vragen over")).to_have_count(0)


def test_a_chat_that_does_not_come_up_names_the_ways_that_remain(page: Page, school: str, door: RunningDoor) -> None:
    page.clock.install()
    page.route("**/chat", lambda route: route.abort())
    page.goto(with_options(school, contact="https://school.example/contact"))
    page.get_by_role("button", name=BUTTON).click()
    page.clock.fast_forward(11_000)
    panel = page.get_by_role("group", name="Ouderchat")
    expect(panel).to_contain_text("De Ouderchat is nu niet te bereiken")
    expect(panel.get_by_role("link", name="Contact")).to_have_attribute("href", "https://school.example/contact")
    expect(panel.get_by_role("link", name="Alle antwoorden")).to_have_attribute("href", f"{door.base}/antwoorden")
    panel.get_by_role("button", name="Sluiten").click()
    expect(page.get_by_role("button", name=BUTTON)).to_be_focused()
    page.get_by_role("button", name=BUTTON).click()
    expect(panel.get_by_role("button", name="Probeer opnieuw")).to_be_focused()
    page.unroute("**/chat")
    panel.get_by_role("button", name="Probeer opnieuw").click()
    expect(panel).to_have_count(0)
    ask(page.frame_locator("iframe"), "Wat is een TLV?")
    expect(replies(page.frame_locator("iframe"))).to_have_count(1)


def test_a_contact_link_runs_no_script(page: Page, school: str) -> None:
    page.clock.install()
    page.route("**/chat", lambda route: route.abort())
    page.goto(with_options(school, contact="javascript:alert(1)"))
    page.get_by_role("button", name=BUTTON).click()
    page.clock.fast_forward(11_000)
    panel = page.get_by_role("group", name="Ouderchat")
    expect(panel.get_by_role("link")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_the_page_shows_has_no_violation(page: Page, door: RunningDoor, scheme: str) -> None:
    with school_page(door.base, "") as school:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.clock.install()
        page.route("**/chat", lambda route: route.abort())
        page.goto(with_options(school, tekst="Vragen over extra hulp op school?", contact="tel:0000"))
        no_violations(page)
        page.get_by_role("button", name=BUTTON).click()
        page.clock.fast_forward(11_000)
        expect(page.get_by_role("group", name="Ouderchat")).to_be_visible()
        no_violations(page)
