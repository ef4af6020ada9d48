"""A picture that was cleaned is told from one that holds something else, wherever that is hidden."""

from io import BytesIO

import pytest
from PIL import ExifTags, ImageCms
from PIL import Image as Picture
from PIL.PngImagePlugin import PngInfo

from articles.editorial.pictures import clean_picture
from articles.editorial.plain_pictures import is_plain

HIDDEN = b"taken at the source's home"


def picture(kind, mode="RGB", **options):
    file = BytesIO()
    Picture.effect_noise((40, 30), 50).convert(mode).save(file, kind, **options)
    return file.getvalue()


def exif():
    data = Picture.Exif()
    data[ExifTags.Base.ImageDescription] = HIDDEN.decode()
    return data


PLAIN = {
    "jpeg": picture("JPEG"),
    "jpeg in grey": picture("JPEG", "L"),
    "jpeg in several scans": picture("JPEG", progressive=True),
    "png": picture("PNG"),
    "png with a palette": picture("PNG", "P", transparency=3),
    "png one can see through": picture("PNG", "RGBA"),
    "webp": picture("WEBP"),
    "webp without loss": picture("WEBP", "RGBA", lossless=True),
    "webp one can see through": picture("WEBP", "RGBA"),
}
WORDS = PngInfo()
WORDS.add_text("Comment", HIDDEN.decode())
NOT_PLAIN = {
    "jpeg with the camera's data": picture("JPEG", exif=exif()),
    "jpeg with words": picture("JPEG", comment=HIDDEN),
    "jpeg with colours of its own": picture(
        "JPEG", icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    ),
    "jpeg for printers": picture("JPEG", "CMYK"),
    "png with the camera's data": picture("PNG", exif=exif()),
    "png with words": picture("PNG", pnginfo=WORDS),
    "webp with the camera's data": picture("WEBP", exif=exif()),
    "webp that moves": picture("WEBP", save_all=True, append_images=[Picture.new("RGB", (40, 30))]),
    "no picture": HIDDEN,
    "nothing": b"",
}


@pytest.mark.parametrize("name", PLAIN)
def test_nothing_but_the_picture(name):
    assert is_plain(PLAIN[name])


@pytest.mark.parametrize("name", NOT_PLAIN)
def test_something_else(name):
    assert not is_plain(NOT_PLAIN[name])


@pytest.mark.parametrize("name", [name for name in NOT_PLAIN if "no" not in name])
def test_what_was_cleaned_is_plain(name):
    assert is_plain(clean_picture(BytesIO(NOT_PLAIN[name])).read())


@pytest.mark.parametrize("name", PLAIN)
def test_something_behind_the_end(name):
    assert not is_plain(PLAIN[name] + HIDDEN)
    assert not is_plain(PLAIN[name] + PLAIN[name])


@pytest.mark.parametrize("name", PLAIN)
def test_a_file_that_is_cut_off(name):
    data = PLAIN[name]
    assert not any(is_plain(data[:end]) for end in range(len(data)))
