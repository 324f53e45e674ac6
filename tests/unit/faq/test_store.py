"""The live store shows good edits soon, and never a broken one."""

from __future__ import annotations

import logging
import threading
from typing import Any

import pytest

from faq import Content, ContentError, ContentStore


class Clock:
    """A clock that moves only when told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(folder: Any, clock: Clock) -> ContentStore:
    return ContentStore(folder.root, clock=clock)


def spoken(content: Content) -> str:
    return content.answer("price", "en", "voice").text


def test_a_good_edit_is_seen_at_the_next_scan(folder: Any, store: ContentStore, clock: Clock) -> None:
    before = store.current()
    folder.edit(folder.path("price"), "It costs", "Today it costs")

    assert spoken(store.current()) == "It costs five dollars and fifty cents."
    clock.now += 0.6
    assert spoken(store.current()) == "Today it costs five dollars and fifty cents."
    assert store.current().version("price", "en") != before.version("price", "en")
    assert store.current().version("price", "fr") == before.version("price", "fr")


def test_an_edited_fact_changes_every_answer_that_names_it(
    folder: Any, store: ContentStore, clock: Clock
) -> None:
    before = store.current()
    folder.edit(folder.root / "facts.yml", "five dollars and fifty cents", "six dollars")
    clock.now += 0.6

    assert spoken(store.current()) == "It costs six dollars."
    assert store.current().version("modem", "en") == before.version("modem", "en")


def test_files_are_not_looked_at_between_scans(folder: Any, store: ContentStore, clock: Clock) -> None:
    first = store.current()
    folder.edit(folder.path("price"), "It costs", "Today it costs")
    clock.now += 0.4

    assert store.current() is first


def test_nothing_is_read_again_when_nothing_changed(store: ContentStore, clock: Clock) -> None:
    first = store.current()
    clock.now += 10

    assert store.current() is first


def test_a_broken_edit_keeps_the_last_good_content_and_logs_file_and_line_once(
    folder: Any, store: ContentStore, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    good = store.current()
    with caplog.at_level(logging.INFO, logger="faq.store"):
        folder.edit(folder.path("price"), "It costs {{ fee }}", "It costs {{ fees }}")
        for _ in range(3):
            clock.now += 0.6
            assert store.current() is good
        folder.edit(folder.path("modem"), "My modem is off", "My modem is dead")
        clock.now += 0.6
        assert store.current() is good

    assert len(caplog.records) == 1
    assert caplog.records[0].levelname == "ERROR"
    assert "price.yml:15: en.spoken: unknown fact `fees`" in caplog.text


def test_mending_a_broken_edit_is_seen_with_all_that_was_edited_meanwhile(
    folder: Any, store: ContentStore, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    folder.edit(folder.path("price"), "It costs {{ fee }}", "It costs {{ fees }}")
    folder.edit(folder.path("modem"), "My modem is off", "My modem is dead")
    clock.now += 0.6
    store.current()

    folder.edit(folder.path("price"), "{{ fees }}", "{{ fee }} now")
    clock.now += 0.6

    assert spoken(store.current()) == "It costs five dollars and fifty cents now."
    assert store.current().text("modem", "en").label == "My modem is dead"


def test_a_file_cut_off_in_the_middle_of_saving_is_survived(
    folder: Any, store: ContentStore, clock: Clock
) -> None:
    good = store.current()
    text = folder.path("price").read_text(encoding="utf-8")
    for end in range(0, len(text) - 1, 97):
        folder.path("price").write_text(text[:end], encoding="utf-8")
        clock.now += 0.6
        assert store.current() is good

    folder.path("price").write_text(text, encoding="utf-8")
    clock.now += 0.6
    assert spoken(store.current()) == spoken(good)


def test_deleting_everything_keeps_the_last_good_content(
    folder: Any, store: ContentStore, clock: Clock
) -> None:
    good = store.current()
    for path in folder.root.rglob("*.yml"):
        path.unlink()
    clock.now += 0.6

    assert store.current() is good


def test_a_new_entry_appears_and_a_deleted_one_goes(folder: Any, store: ContentStore, clock: Clock) -> None:
    text = folder.path("modem").read_text(encoding="utf-8")
    folder.path("modem").unlink()
    folder.path("router").write_text(text.replace("id: modem", "id: router"), encoding="utf-8")
    clock.now += 0.6

    assert "router" in store.current().entries
    assert "modem" not in store.current().entries


def test_a_store_does_not_start_on_broken_content(folder: Any) -> None:
    folder.path("price").write_text("id: [", encoding="utf-8")

    with pytest.raises(ContentError):
        ContentStore(folder.root)


def test_many_threads_get_whole_content(folder: Any, store: ContentStore, clock: Clock) -> None:
    seen: list[int] = []

    def read() -> None:
        for _ in range(50):
            clock.now += 0.1
            seen.append(len(store.current().entries))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    folder.edit(folder.path("price"), "It costs", "Today it costs")
    for thread in threads:
        thread.join()

    assert set(seen) == {5}
