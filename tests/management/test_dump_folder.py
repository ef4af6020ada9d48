"""A dump is put in place as a whole or not at all, and nothing else in the folder is touched."""

import errno
import os
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError

from articles.management import dump_folder as module
from articles.management.dump_folder import dump_folder
from tests.editorial.fixtures.newsrooms import files_in

TAG = '  {"model": "articles.tag"}'
SOURCE = '  {"model": "articles.source"}'


@pytest.fixture(autouse=True)
def pictures(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "kept"
    return module.storage()


@pytest.fixture
def folder(tmp_path):
    """With a dump of tags and sources, a picture, and files of somebody else."""
    folder = tmp_path / "dump"
    with dump_folder(folder) as dump:
        dump.write("tags", [TAG])
        dump.write("sources", [SOURCE])
    for name in ("README.md", "notes.json", "media/images/old.png", "media/scans/old.png", ".git/HEAD"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("kept")
    return folder


def test_a_file_is_a_list_of_its_objects(tmp_path):
    with dump_folder(tmp_path / "not" / "there") as dump:
        assert dump.write("tags", iter([TAG, '  {"ä": 1}'])) == 2
        assert dump.write("sources", iter([])) == 0
    assert files_in(tmp_path / "not" / "there") == {"tags.json": f'[\n{TAG},\n  {{"ä": 1}}\n]\n'.encode()}


def test_nothing_is_there_before_the_end(folder):
    before = files_in(folder)
    with dump_folder(folder) as dump:
        dump.write("tags", [TAG, TAG])
        there = files_in(folder)
        assert {name: there[name] for name in before} == before
    assert files_in(folder) != before


def test_a_noun_without_rows_loses_its_file_and_everybody_elses_stay(folder):
    before = files_in(folder)
    with dump_folder(folder) as dump:
        dump.write("tags", [TAG])
    assert files_in(folder) == {name: data for name, data in before.items() if name != "sources.json"}


@pytest.mark.parametrize("fault", [RuntimeError("no database"), KeyboardInterrupt()])
def test_after_a_fault_everything_is_as_it_was(folder, fault):
    before = files_in(folder)
    with pytest.raises(type(fault)), dump_folder(folder) as dump:
        dump.write("tags", [TAG, TAG])
        raise fault
    assert files_in(folder) == before


@pytest.mark.parametrize("fails", range(6))
def test_after_a_fault_while_moving_everything_is_as_it_was(folder, monkeypatch, pictures, fails):
    """Two files are replaced, one is new, one is taken away: whichever fails, none of it has happened."""
    before = files_in(folder)
    pictures.save("images/new.png", ContentFile(b"new"))
    done = iter(range(100))

    def counted(real):
        def move(self, *args, **options):
            if next(done) == fails:
                raise OSError(errno.ENOSPC, "No space left on device")
            return real(self, *args, **options)

        return move

    with (
        pytest.raises(CommandError, match="cannot be written: No space left on device"),
        dump_folder(folder) as dump,
    ):
        dump.write("tags", [TAG, TAG])
        dump.write("quotes", [TAG])
        dump.keep_picture("images/new.png")
        dump.drop_pictures(lambda names: [])
        monkeypatch.setattr(Path, "replace", counted(Path.replace))
        monkeypatch.setattr(Path, "unlink", counted(Path.unlink))
    monkeypatch.undo()
    assert files_in(folder) == before


def test_what_cannot_be_written_is_named_in_one_message(folder, monkeypatch):
    before = files_in(folder)

    def fsync(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(CommandError) as refused, dump_folder(folder) as dump:
        dump.write("tags", [TAG, TAG])
    assert str(refused.value) == (
        f"{folder / 'tags.json'} cannot be written: No space left on device. No dump was made; one that was there "
        "before is as it was."
    )
    assert files_in(folder) == before


def test_a_folder_that_is_a_file_is_named(tmp_path):
    (tmp_path / "file").write_text("kept")
    with (
        pytest.raises(CommandError, match=r"file cannot be written: File exists"),
        dump_folder(tmp_path / "file"),
    ):
        pass


def test_what_a_killed_dump_left_is_cleared_away(folder):
    before = files_in(folder)
    (folder / ".dumpnews" / "new").mkdir(parents=True)
    (folder / ".dumpnews" / "new" / "quotes.json").write_text("half")
    with dump_folder(folder) as dump:
        dump.write("tags", [TAG])
        dump.write("sources", [SOURCE])
    assert files_in(folder) == before


@pytest.mark.parametrize("content", ['[{"model": "articles.source"}]', '{"tags": []}', "tags"])
def test_a_file_that_is_no_dump_is_never_run_over(folder, content):
    (folder / "tags.json").write_text(content)
    before = files_in(folder)
    says = r"tags\.json holds no articles\.tag, so it is no file of a dump"
    with pytest.raises(CommandError, match=says), dump_folder(folder) as dump:
        dump.write("tags", [TAG])
    assert files_in(folder) == before


@pytest.mark.parametrize("content", ["", "[]\n", '[{"fields": {}, "model": "Articles.Tag"}]'])
def test_an_empty_file_and_one_written_by_hand_may_be_replaced(folder, content):
    (folder / "tags.json").write_text(content)
    with dump_folder(folder) as dump:
        dump.write("tags", [TAG])
    assert (folder / "tags.json").read_text() == f"[\n{TAG}\n]\n"


def test_a_folder_in_the_place_of_a_file_is_refused(folder):
    (folder / "quotes.json").mkdir()
    with pytest.raises(CommandError, match=r"quotes\.json holds no articles\.quote"), dump_folder(folder):
        pass


def test_two_dumps_at_a_time_do_not_mix(folder):
    with dump_folder(folder) as dump:
        dump.write("tags", [TAG])
        with pytest.raises(CommandError, match="another dump is being made there"), dump_folder(folder):
            pass
    assert "sources.json" not in files_in(folder)


def test_a_picture_is_copied_byte_for_byte_once(folder, pictures, monkeypatch):
    monkeypatch.setattr(module, "PIECE", 2)
    pictures.save("images/a.png", ContentFile(b"\x00picture\xff"))
    copy, written = folder / "media" / "images" / "a.png", set()
    for _ in range(2):
        with dump_folder(folder) as dump:
            assert dump.keep_picture("images/a.png")
        assert copy.read_bytes() == b"\x00picture\xff"
        written.add((copy.stat().st_ino, copy.stat().st_mtime_ns))
    assert len(written) == 1


@pytest.mark.parametrize("other", [b"pictures", b"Picture", b""])
def test_a_picture_that_differs_is_replaced(folder, pictures, other):
    pictures.save("images/old.png", ContentFile(b"picture"))
    (folder / "media" / "images" / "old.png").write_bytes(other)
    with dump_folder(folder) as dump:
        dump.keep_picture("images/old.png")
    assert (folder / "media" / "images" / "old.png").read_bytes() == b"picture"


@pytest.mark.parametrize(
    "name", ["images/missing.png", "../kept/a.png", "/etc/hostname", "images", "a\x00.png"]
)
def test_a_picture_that_is_not_there_or_elsewhere_is_missing(folder, pictures, name):
    before = files_in(folder)
    pictures.save("images/a.png", ContentFile(b"picture"))
    with dump_folder(folder) as dump:
        assert dump.keep_picture(name) is False
        dump.write("tags", [TAG])
        dump.write("sources", [SOURCE])
    assert files_in(folder) == before


def test_pictures_of_an_older_dump_go_from_their_own_folder_only(folder, monkeypatch):
    monkeypatch.setattr(module, "BATCH", 2)
    for number in range(5):
        (folder / "media" / "images" / f"{number}.png").write_text("old")
    unreadable = os.fsencode(folder / "media" / "images") + b"/\xff.png"
    Path(os.fsdecode(unreadable)).write_text("old")
    asked = []

    def known(names):
        asked.append(len(names))
        return [name for name in names if name == "images/3.png"]

    with dump_folder(folder) as dump:
        dump.drop_pictures(known)
    assert [name for name in files_in(folder) if name.startswith("media/")] == [
        "media/images/3.png",
        "media/scans/old.png",
    ]
    assert max(asked) <= 2


@pytest.mark.parametrize("kept", ["media", "media/images", "."])
def test_the_newsrooms_own_pictures_are_never_tidied_up(tmp_path, settings, kept):
    settings.MEDIA_ROOT = tmp_path / "data" / kept
    with (
        pytest.raises(CommandError, match="is where the newsroom keeps its own pictures"),
        dump_folder(tmp_path / "data"),
    ):
        pass
