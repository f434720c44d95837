"""Files read once: what the shelf keeps, and what it stands for."""

from pathlib import Path

import pytest

from minequota.scenarios.documents.shelf import Shelf
from minequota.scenarios.documents.yamlfile import read_bytes
from minequota.scenarios.errors import InputError


def test_what_was_read_is_kept_while_the_shelf_is_open(tmp_path):
    """The first content stays; without the shelf the disk speaks again."""
    file = tmp_path / "a.csv"
    file.write_bytes(b"first")
    shelf = Shelf()
    with shelf.open():
        assert read_bytes(file, 100) == b"first"
    file.write_bytes(b"second")
    with shelf.open():
        assert read_bytes(file, 100) == b"first"
    assert read_bytes(file, 100) == b"second"


def test_a_limit_holds_for_what_is_kept(tmp_path):
    """A file kept under a larger limit is refused under a smaller one."""
    file = tmp_path / "a.csv"
    file.write_bytes(b"12345")
    with Shelf().open():
        read_bytes(file, 100)
        with pytest.raises(InputError) as caught:
            read_bytes(file, 4)
    assert caught.value.problems[0].code == "file_too_large"


def test_texts_stand_in_a_folder_of_their_own(tmp_path, monkeypatch):
    """A text is found by its name; what is not among the texts is on no disk either."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "b.csv").write_text("disk", "utf-8")
    with Shelf({"a.csv": "甲"}, Path("documents")).open():
        assert read_bytes(Path("documents/a.csv"), 100).decode() == "甲"
        with pytest.raises(InputError) as caught:
            read_bytes(Path("documents/b.csv"), 100)
    assert caught.value.problems[0].code == "file_missing"


def test_text_too_large_is_refused():
    """The limit holds for texts that are on no disk, too."""
    shelf = Shelf({"a.csv": "12345"}, Path("documents"))
    with shelf.open(), pytest.raises(InputError) as caught:
        read_bytes(Path("documents/a.csv"), 4)
    assert caught.value.problems[0].code == "file_too_large"


def test_shelves_nest(tmp_path):
    """A shelf opened inside another takes its place, and gives it back."""
    file = tmp_path / "a.csv"
    outer, inner = Shelf(), Shelf()
    file.write_bytes(b"outer")
    with outer.open():
        read_bytes(file, 100)
        file.write_bytes(b"inner")
        with inner.open():
            assert read_bytes(file, 100) == b"inner"
        assert read_bytes(file, 100) == b"outer"
