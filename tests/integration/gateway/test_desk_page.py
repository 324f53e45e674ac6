"""The frame of the desk's page: in the browser's language, with nothing in it that could be anybody's."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient

Web = TestClient[Any, Any]


@pytest.mark.parametrize(
    ("asked", "title"), [("fr-CA", "Bureau des conseillers"), ("en-CA", "Support desk"), ("de", "Bureau")]
)
async def test_the_frame_is_in_the_browsers_language(client: Web, asked: str, title: str) -> None:
    response = await client.get("/desk/", headers={"Accept-Language": asked})

    text = await response.text()
    assert response.status == 200
    assert f"<title>{title}" in text
    assert "Accept-Language" in response.headers["Vary"]
    assert "private" in response.headers["Cache-Control"]


async def test_its_policy_allows_no_scripts_but_ours(client: Web) -> None:
    policy = (await client.get("/desk/")).headers["Content-Security-Policy"]

    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


async def test_an_address_typed_by_hand_leads_there(client: Web) -> None:
    response = await client.get("/desk", allow_redirects=False)

    assert (response.status, response.headers["Location"]) == (301, "/desk/")
