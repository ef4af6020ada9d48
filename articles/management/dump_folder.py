"""The folder of a dump: what is new is made beside the old and moved into its place at the end, or not at all."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.utils import validate_file_name
from django.core.management.base import CommandError

from articles.editorial.fixtures.nouns import FILES
from articles.models import Image

AS_IT_WAS = "No dump was made; one that was there before is as it was."
ASIDE = ".dumpnews"
MEDIA = "media"
PICTURES = "media/images"  # where uploads are kept, and the only folder that is tidied up
BEGINNING = 4096  # characters, enough to tell what a file holds
PIECE = 1024 * 1024  # bytes
BATCH = 500


@contextmanager
def dump_folder(path: Path) -> Iterator["DumpFolder"]:
    """The folder to dump into, nobody else's for as long. If all goes well inside, the new dump is put in place."""
    with naming(path):
        path.mkdir(parents=True, exist_ok=True)
    with locked(path):
        folder = DumpFolder(path)
        folder.refuse_strangers()
        try:
            folder.clear()
            yield folder
            folder.put_in_place()
        finally:
            shutil.rmtree(folder.aside, ignore_errors=True)


@contextmanager
def locked(path):
    handle = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CommandError(f"{path}: another dump is being made there. Wait until it is finished.") from None
    except OSError:
        pass  # a file system without locks
    try:
        yield
    finally:
        os.close(handle)


@contextmanager
def naming(path):
    """Says which file it was that could not be written, read or moved."""
    try:
        yield
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror or error}. {AS_IT_WAS}") from error


class DumpFolder:
    def __init__(self, path: Path):
        self.path, self.aside = path, path / ASIDE
        self.new, self.old = self.aside / "new", self.aside / "old"
        self.stale: list[str] = []

    def refuse_strangers(self):
        """Refuses a folder where a dump would run over what is no dump."""
        for noun, label in FILES.items():
            place = self.path / f"{noun}.json"
            if os.path.lexists(place) and not holds(place, label):
                raise CommandError(
                    f"{place} holds no {label}, so it is no file of a dump. Choose another folder, or move it away."
                )
        media, kept = (self.path / MEDIA).resolve(), pictures_kept_in()
        if kept and (kept == media or kept in media.parents or media in kept.parents):
            raise CommandError(
                f"{self.path / MEDIA} is where the newsroom keeps its own pictures. Choose another folder."
            )

    def clear(self):
        with naming(self.aside):
            shutil.rmtree(self.aside, ignore_errors=True)  # of a dump that was killed
            self.new.mkdir(parents=True)
            self.old.mkdir()

    def write(self, noun: str, texts: Iterable[str]) -> int:
        """Makes the file of a noun of the texts of its objects; none if there are none. Returns how many."""
        count = 0
        with self.written(f"{noun}.json") as file:
            for count, text in enumerate(texts, start=1):
                file.write(b"[\n" if count == 1 else b",\n")
                file.write(text.encode())
            file.write(b"\n]\n")
        if not count:
            (self.new / f"{noun}.json").unlink()
        return count

    def keep_picture(self, name: str) -> bool:
        """Makes a copy of a picture, unless the same is there. False if the newsroom does not have it."""
        try:
            validate_file_name(name, allow_relative_path=True)
            picture = storage().open(name)
        except (OSError, ValueError, SuspiciousFileOperation):
            return False
        with picture:
            if not same(picture, self.path / MEDIA / name):
                with self.written(f"{MEDIA}/{name}") as copy:
                    for piece in picture.chunks(PIECE):
                        copy.write(piece)
        return True

    def drop_pictures(self, known: Callable[[list[str]], Iterable[str]]):
        """Marks those pictures of an older dump for removal that `known`, asked for some at a time, does not name."""
        there = (name.removeprefix(f"{MEDIA}/") for name in below(self.path, PICTURES))
        while names := list(islice(there, BATCH)):
            kept = set(known([name for name in names if is_text(name)]))
            self.stale += [f"{MEDIA}/{name}" for name in names if name not in kept]

    @contextmanager
    def written(self, name):
        place = self.new / name
        with naming(self.path / name):
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())

    def put_in_place(self):
        """Every new file, then away with what is no longer there; or everything back as it was."""
        changed = []
        try:
            for name in below(self.new):
                self.keep_old(name)
                changed.append(name)
                with naming(self.path / name):
                    (self.path / name).parent.mkdir(parents=True, exist_ok=True)
                    (self.new / name).replace(self.path / name)
            nouns_without_rows = {f"{noun}.json" for noun in FILES} - set(changed)
            for name in [*nouns_without_rows, *self.stale]:
                self.keep_old(name)
                changed.append(name)
                with naming(self.path / name):
                    (self.path / name).unlink(missing_ok=True)
        except BaseException:
            for name in changed:
                self.put_back(name)
            raise

    def keep_old(self, name):
        place, kept = self.path / name, self.old / name
        if not os.path.lexists(place):
            return
        with naming(place):
            kept.parent.mkdir(parents=True, exist_ok=True)
            try:
                kept.hardlink_to(place)
            except OSError:  # a file system without links
                shutil.copy2(place, kept)

    def put_back(self, name):
        if (self.old / name).exists():
            (self.old / name).replace(self.path / name)
        else:
            (self.path / name).unlink(missing_ok=True)


def holds(place: Path, label: str) -> bool:
    """Whether this is a file of objects of that model, or of none at all."""
    if not place.is_file():
        return False
    with naming(place), place.open(encoding="utf-8", errors="replace") as file:
        beginning = file.read(BEGINNING).lower()
    return f'"{label}"' in beginning or not beginning.strip("[] \n")


def storage():
    return Image._meta.get_field("file").storage


def pictures_kept_in() -> Path | None:
    """The folder of the newsroom's own pictures; none where they are not in a folder."""
    try:
        return Path(storage().path("")).resolve()
    except NotImplementedError:
        return None


def same(picture, place: Path) -> bool:
    if not place.is_file() or place.stat().st_size != picture.size:
        return False
    with place.open("rb") as other:
        return all(other.read(PIECE) == piece for piece in picture.chunks(PIECE))


def below(folder: Path, part: str = "") -> Iterator[str]:
    """The files in a folder and its folders, by their names within it; only those in a `part` of it if one is given."""
    for where, _, names in os.walk(folder / part):
        for name in names:
            yield (Path(where) / name).relative_to(folder).as_posix()


def is_text(name: str) -> bool:
    """Whether a database could hold this name: a file's can be any bytes."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
