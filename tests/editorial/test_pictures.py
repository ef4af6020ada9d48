from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image as Picture
from PIL import ImageCms
from PIL.PngImagePlugin import PngInfo

from articles.editorial import pictures
from articles.editorial.pictures import clean_picture


def make_file(kind="JPEG", size=(8, 6), mode="RGB", **options):
    file = BytesIO()
    Picture.new(mode, size, "red" if mode != "P" else 3).save(file, kind, **options)
    file.seek(0)
    return file


@pytest.mark.parametrize(("kind", "ending"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_a_picture_is_stored_anew_in_its_own_format(kind, ending):
    clean = clean_picture(make_file(kind))
    assert clean.name == f"picture.{ending}"
    with Picture.open(clean) as picture:
        assert (picture.format, picture.size) == (kind, (8, 6))


def test_what_a_camera_hides_is_gone_and_the_picture_stands_upright():
    exif = Picture.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    exif[0x010E] = "taken at the source's home"
    with Picture.open(clean_picture(make_file(exif=exif))) as picture:
        assert picture.size == (6, 8)
        assert not picture.getexif()


def test_text_in_a_png_is_gone():
    hidden = PngInfo()
    hidden.add_text("Author", "the source")
    clean = clean_picture(make_file("PNG", pnginfo=hidden)).read()
    assert b"the source" not in clean


@pytest.mark.parametrize("mode", ["RGBA", "P", "L"])
def test_transparency_and_palettes_survive(mode):
    with Picture.open(clean_picture(make_file("PNG", mode=mode))) as picture:
        assert picture.mode == mode


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%!PS-Adobe", make_file().read()[:80]],
    ids=["empty", "gif", "svg", "postscript", "cut off"],
)
def test_anything_else_is_refused_in_plain_words(content):
    with pytest.raises(ValidationError, match="no JPEG, PNG or WebP"):
        clean_picture(BytesIO(content))


def test_a_picture_with_too_many_pixels_is_refused(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 40)
    with pytest.raises(ValidationError, match="8 × 6"):
        clean_picture(make_file())


def test_a_picture_with_its_own_colours_is_turned_into_those_every_browser_shows():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    clean = clean_picture(make_file(icc_profile=lab))
    with Picture.open(clean) as picture:
        assert "icc_profile" not in picture.info
        red, green, blue = picture.getpixel((0, 0))
        assert red > 240
        assert green < 15
        assert blue < 15


def test_a_picture_for_printing_becomes_one_for_screens():
    with Picture.open(clean_picture(make_file(mode="CMYK"))) as picture:
        assert picture.mode == "RGB"


def test_a_damaged_colour_profile_is_no_reason_to_refuse_a_picture():
    assert clean_picture(make_file(icc_profile=b"no profile at all")).size
