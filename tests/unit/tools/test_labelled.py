"""Labelled files: what is read, and every fault named with its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tools.labelled import BadFilesError, Row, read_file, read_files

LABELS = ("faq/cost", "op/human", "out_of_scope")
WriteFile = Callable[[bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> WriteFile:
    def write_file(content: bytes, name: str = "rows.tsv") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write_file


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"How much?\tfaq/cost\n", [Row("How much?", "faq/cost")]),
        (b"How much?\tfaq/cost", [Row("How much?", "faq/cost")]),
        (b"How much?\tfaq/cost\tterse\n", [Row("How much?", "faq/cost", "terse")]),
        (b"How much?\tfaq/cost\ta\tb\n", [Row("How much?", "faq/cost", "a\tb")]),
        (
            b"\xef\xbb\xbfHow much?\tfaq/cost\r\nWho?\top/human\r\n",
            [Row("How much?", "faq/cost"), Row("Who?", "op/human")],
        ),
        ("Où\u2028 ça?\tfaq/cost\n".encode(), [Row("Où\u2028 ça?", "faq/cost")]),
        (b"How much?\tfaq/cost \n\n\n", [Row("How much?", "faq/cost")]),
        (b"/restart\tout_of_scope\n", [Row("/restart", "out_of_scope")]),
    ],
    ids=[
        "row",
        "no last newline",
        "persona",
        "more columns",
        "Windows",
        "line separator",
        "blank end",
        "slash",
    ],
)
def test_a_good_file_is_read_whole(write: WriteFile, content: bytes, rows: list[Row]) -> None:
    assert read_file(write(content), LABELS) == (rows, [])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"ok\tfaq/cost\nno tab here\n", ":2: no tab: a row is text<TAB>label"),
        (b"ok\tfaq/cost\n\nok\tfaq/cost\n", ":2: blank line"),
        (b"  \tfaq/cost\n", ":1: no text before the tab"),
        (b"ok\t\n", ":1: no label"),
        (b"ok\tfaq/price\n", ":1: unknown label 'faq/price'"),
        (b"ok\tfaq_cost\n", ":1: unknown label 'faq_cost' (nearest: faq/cost)"),
        (b"caf\xe9\tfaq/cost\n", ":1: not UTF-8 (byte 4 of the line)"),
        (b"", ": is empty"),
        (b"\xef\xbb\xbf\r\n", ": is empty"),
    ],
    ids=["no tab", "blank", "no text", "no label", "unknown", "near", "Latin-1", "empty", "only a BOM"],
)
def test_a_fault_is_named_with_its_line(write: WriteFile, content: bytes, said: str) -> None:
    path = write(content)

    with pytest.raises(BadFilesError) as fault:
        read_files([path], LABELS)

    assert str(fault.value) == f"{path}{said}"


def test_the_faults_of_all_files_are_listed(write: WriteFile, tmp_path: Path) -> None:
    bad, missing = write(b"one\n\x80\tfaq/cost\nok\tfaq/cost\ntwo\n"), tmp_path / "missing.tsv"

    with pytest.raises(BadFilesError) as fault:
        read_files([bad, missing, tmp_path], LABELS)

    assert [(wrong.path, wrong.line) for wrong in fault.value.faults] == [
        (bad, 1),
        (bad, 2),
        (bad, 4),
        (missing, 0),
        (tmp_path, 0),
    ]


def test_any_label_is_good_when_none_are_given(write: WriteFile) -> None:
    assert read_file(write(b"wake me up\talarm_set\n")) == ([Row("wake me up", "alarm_set")], [])
