"""Static files as they are served: named by contents, compressed once."""

import gzip
import os

import pytest

from newsroom.static import CompressesOnce, StaticFiles


@pytest.fixture
def storage(tmp_path):
    return StaticFiles(location=tmp_path, base_url="/static/")


def collect(storage, *names):
    return list(storage.post_process({name: (storage, name) for name in names}))


def test_a_file_is_served_under_a_name_made_from_its_contents(storage, tmp_path):
    (tmp_path / "page.css").write_text("body { color: black }\n" * 50)
    collect(storage, "page.css")
    name = storage.stored_name("page.css")
    assert name != "page.css"
    assert storage.url("page.css") == f"/static/{name}"
    assert gzip.decompress((tmp_path / f"{name}.gz").read_bytes()) == (tmp_path / "page.css").read_bytes()
    assert (tmp_path / f"{name}.br").exists()


def test_a_script_of_the_desk_imports_the_others_under_the_names_made_from_their_contents(storage, tmp_path):
    (tmp_path / "articles" / "desk").mkdir(parents=True)
    (tmp_path / "articles/desk/wire.js").write_text("export const wire = 1;\n")
    (tmp_path / "articles/desk/story.js").write_text('import { wire } from "./wire.js";\n')
    collect(storage, "articles/desk/story.js", "articles/desk/wire.js")
    wire = storage.stored_name("articles/desk/wire.js").rpartition("/")[2]
    story = (tmp_path / storage.stored_name("articles/desk/story.js")).read_text()
    assert wire != "wire.js"
    assert story == f'import {{ wire }} from "./{wire}";\n'


def test_source_maps_are_not_compressed(storage, tmp_path):
    (tmp_path / "editor.js.map").write_text("{}" * 500)
    collect(storage, "editor.js.map")
    assert [file.name for file in tmp_path.iterdir() if file.suffix in {".gz", ".br"}] == []


def test_what_has_not_changed_is_not_compressed_again(tmp_path):
    page = tmp_path / "page.css"
    page.write_text("body { color: black }\n" * 50)
    assert sorted(CompressesOnce(quiet=True).compress(str(page))) == [f"{page}.br", f"{page}.gz"]
    assert CompressesOnce(quiet=True).compress(str(page)) == []


def test_what_has_changed_is_compressed_again(tmp_path):
    page = tmp_path / "page.css"
    page.write_text("body { color: black }\n" * 50)
    CompressesOnce(quiet=True).compress(str(page))
    page.write_text("body { color: white }\n" * 50)
    os.utime(page, (1, 1))
    CompressesOnce(quiet=True).compress(str(page))
    assert gzip.decompress((tmp_path / "page.css.gz").read_bytes()) == page.read_bytes()
