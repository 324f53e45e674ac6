"""The help pages: complete without scripts, in both languages, current, and inert whatever they hold."""

import base64
import hashlib
import json
import re
import shutil
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import markupsafe
import pytest
from aiohttp.test_utils import TestClient
from yarl import URL

from faq import CONTENT_ROOT, ContentStore
from tests.integration.gateway.conftest import Start
from tests.integration.gateway.customer import Customer

Web = TestClient[Any, Any]


class Outline(HTMLParser):
    """The parts of a page that tests ask about."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append((tag, values))
        if values.get("id"):
            self.ids.append(str(values["id"]))
        if tag == "a":
            self.links.append(str(values["href"]))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))


async def _page(client: Web, address: str) -> str:
    response = await client.get(address)
    assert response.status == 200
    assert response.content_type == "text/html"
    return await response.text()


@pytest.mark.parametrize(
    ("accepts", "home"),
    [
        ("en-CA,en;q=0.9", "/en/"),
        ("fr-CA", "/fr/"),
        ("de", "/fr/"),
        ("", "/fr/"),
        ("fr;q=0.2,en;q=0.8", "/en/"),
    ],
)
async def test_the_front_door_leads_to_the_readers_language(client: Web, accepts: str, home: str) -> None:
    response = await client.get("/", headers={"Accept-Language": accepts}, allow_redirects=False)

    assert (response.status, response.headers["Location"]) == (302, home)
    assert "Accept-Language" in response.headers["Vary"]


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_every_question_is_on_the_page_with_its_answer_and_can_be_linked_to(
    client: Web, language: str
) -> None:
    html = await _page(client, f"/{language}/")
    content, outline = ContentStore().current(), Outline(html)

    for entry in content.entries.values():
        assert entry.id in outline.ids
        assert f"/{language}/faq/{entry.id}" in outline.links
        assert _escaped(content.text(entry.id, language).question) in html
    for section in content.sections.values():
        assert f"#section-{section.id}" in outline.links
        assert f"section-{section.id}" in outline.ids


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_all_links_of_the_help_lead_somewhere(client: Web, language: str) -> None:
    pages = [f"/{language}/", f"/{language}/faq/cost"]
    pages += [link for link in Outline(await _page(client, f"/{language}/")).links if link.startswith("/")]
    seen: dict[str, Outline] = {}
    for address in {page.split("#")[0] for page in pages}:
        seen[address] = Outline(await _page(client, address))
    for address, outline in list(seen.items()):
        for link in outline.links:
            target, _, anchor = link.partition("#")
            if link.startswith(("http", "mailto:", "tel:")):
                continue
            target = target or address
            if target not in seen:
                seen[target] = Outline(await _page(client, target))
            assert not anchor or anchor in seen[target].ids, f"{link} on {address}"


@pytest.mark.parametrize(
    "address", ["/fr/", "/en/", "/fr/faq/cost", "/en/benefits", "/fr/avantages", "/en/terms"]
)
async def test_pages_are_sound_for_readers_of_every_kind(client: Web, address: str) -> None:
    html = await _page(client, address)
    outline = Outline(html)
    language = address[1:3]
    other = "en" if language == "fr" else "fr"

    assert f'<html lang="{language}-CA">' in html
    assert len(outline.ids) == len(set(outline.ids))
    assert outline.headings.count(1) == 1
    assert all(
        after - before <= 1 for before, after in zip(outline.headings, outline.headings[1:], strict=False)
    )
    tags = [tag for tag, _ in outline.tags]
    assert tags.count("main") == 1
    assert outline.links[0] == "#content"
    alternates = {
        values["hreflang"] for tag, values in outline.tags if tag == "link" and "hreflang" in values
    }
    assert alternates == {"fr-CA", "en-CA", "x-default"}
    switch = next(values for tag, values in outline.tags if tag == "a" and values.get("hreflang"))
    assert (await client.get(str(switch["href"]))).headers["Content-Language"] == f"{other}-CA"
    assert ("assistant-chat", language) in [(tag, values.get("lang")) for tag, values in outline.tags]
    assert any(link.startswith("tel:+") for link in outline.links)
    assert any(link.startswith("mailto:") for link in outline.links)
    assert " style=" not in html
    assert not re.search(r"\son\w+=", html)


@pytest.mark.parametrize("address", ["/fr/", "/en/", "/fr/faq/cost"])
async def test_the_faq_is_described_for_search_engines_and_the_policy_knows_it(
    client: Web, address: str
) -> None:
    response = await client.get(address)
    html = await response.text()
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)

    data = json.loads(block)
    assert data["@type"] == "FAQPage"
    assert len(data["mainEntity"]) == (1 if "faq" in address else len(ContentStore().current().entries))
    assert all(question["acceptedAnswer"]["text"] for question in data["mainEntity"])
    digest = base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()
    policy = response.headers["Content-Security-Policy"]
    assert f"'sha256-{digest}'" in policy
    assert "unsafe" not in policy


async def test_the_browser_is_told_when_its_copy_is_still_right(client: Web) -> None:
    first = await client.get("/fr/")
    again = await client.get("/fr/", headers={"If-None-Match": first.headers["ETag"]})
    other = await client.get("/en/", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status, await again.text()) == (304, "")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert other.status == 200


@pytest.fixture
def content_copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT_ROOT, tmp_path / "content"))


async def test_an_edited_answer_is_on_the_page_at_once(start: Start, content_copy: Path) -> None:
    client = await start({"content": ContentStore(content_copy, scan_every=0)})
    before = await client.get("/fr/faq/cost")
    _edit(
        content_copy, "est gratuit. ", "est gratuit & <b>sans frais</b> </script><script>alert(1)</script>. "
    )

    after = await client.get("/fr/faq/cost", headers={"If-None-Match": before.headers["ETag"]})

    html = await after.text()
    assert after.status == 200
    assert "gratuit &amp; &lt;b&gt;sans frais&lt;/b&gt; &lt;/script&gt;" in html
    assert html.count("<script") == html.count("</script>")
    assert "<script>alert" not in html
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert "alert(1)" in json.loads(block)["mainEntity"][0]["acceptedAnswer"]["text"]


async def test_a_broken_edit_keeps_the_last_good_page(start: Start, content_copy: Path) -> None:
    client = await start({"content": ContentStore(content_copy, scan_every=0)})
    before = await _page(client, "/fr/faq/cost")
    _edit(content_copy, "fr:", "fr: [")

    assert await _page(client, "/fr/faq/cost") == before


def _edit(folder: Path, old: str, new: str) -> None:
    path = folder / "entries" / "inscription" / "cost.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    time.sleep(0.01)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _escaped(text: str) -> str:
    return str(markupsafe.escape(text))


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "assistant-chat.js").write_text("export {}")
    (folder / "help.css").write_text("body{}")
    (folder / "assets" / "chunk-Ab3dE6_9.js").write_text("export {}")
    (folder / ".env").write_text("secret")
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    return folder


async def test_the_page_asks_for_what_is_built_and_only_that(
    start: Start, built: Path, tmp_path: Path
) -> None:
    with_build = await _page(await start(gateway_static_dir=built), "/fr/")
    without = await _page(await start(gateway_static_dir=tmp_path / "nothing"), "/fr/")

    assert 'src="/static/assistant-chat.js"' in with_build
    assert 'href="/static/help.css"' in with_build
    assert "help.js" not in with_build
    assert "/static/" not in without


async def test_built_files_are_served_to_any_site_and_checked_each_time(start: Start, built: Path) -> None:
    client = await start(gateway_static_dir=built)
    widget = await client.get("/static/assistant-chat.js")
    again = await client.get("/static/assistant-chat.js", headers={"If-None-Match": widget.headers["ETag"]})
    chunk = await client.get("/static/assets/chunk-Ab3dE6_9.js")

    assert widget.status == 200
    assert widget.content_type in ("text/javascript", "application/javascript")
    assert widget.headers["Access-Control-Allow-Origin"] == "*"
    assert widget.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "no-cache" in widget.headers["Cache-Control"]
    assert again.status == 304
    assert "immutable" in chunk.headers["Cache-Control"]


UNSERVED = """
    ../secret.txt ..%2fsecret.txt %2e%2e/secret.txt assets/../../secret.txt ..%5csecret.txt .env link.txt
    assets none.js %00 /etc/passwd %2fetc/passwd assets%00.js
"""


@pytest.mark.parametrize("path", ["", *UNSERVED.split()])
async def test_nothing_else_is_served(start: Start, built: Path, path: str) -> None:
    client = await start(gateway_static_dir=built)

    response = await client.get(URL(f"/static/{path}", encoded=True))

    assert response.status in (400, 404)
    assert "secret" not in await response.text()


async def test_what_customers_say_is_inert(client: Web) -> None:
    customer = await Customer.begin(client)
    script = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"

    await customer.say(script)

    async with client.get(f"{customer.path}/messages", headers=customer.headers) as response:
        assert response.content_type == "application/json"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert (await response.json())["messages"][1]["text"] == script
