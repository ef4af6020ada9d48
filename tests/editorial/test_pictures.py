import struct
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import ExifTags, ImageChops, ImageCms, ImageOps, ImageStat
from PIL import Image as Picture
from PIL.JpegImagePlugin import JpegImageFile
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


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("held", range(10))
def test_a_picture_stands_as_the_camera_was_held(kind, held):
    photo = Picture.new("RGB", (48, 32), "white")
    photo.paste("black", (0, 0, 16, 16))
    exif = Picture.Exif()
    exif[ExifTags.Base.Orientation] = held
    file = BytesIO()
    photo.save(file, kind, exif=exif)
    with Picture.open(clean_picture(file)) as clean, Picture.open(file) as taken:
        shown = ImageOps.exif_transpose(taken).convert("L")
        assert clean.size == shown.size
        assert ImageStat.Stat(ImageChops.difference(clean.convert("L"), shown)).mean[0] < 2


@pytest.mark.parametrize(
    "data",
    [b"", b"II*\0", b"II*\0\xff\xff\xff\xff", b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x0a\0\0\0\x01\0\0\0\0", b"x" * 40,
     b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\xff\xff\xff\x7f\0\0\0\0"],
    ids=ascii,
)  # fmt: skip
def test_data_of_the_camera_that_cannot_be_read_does_not_matter(data):
    with Picture.open(clean_picture(make_file(exif=b"Exif\0\0" + data))) as picture:
        assert picture.size == (8, 6)


@pytest.mark.parametrize(
    "failure", [struct.error("unpack"), TypeError("no"), KeyError(1), RuntimeError()], ids=repr
)
def test_whatever_a_damaged_file_does_to_its_reader_the_answer_is_in_plain_words(failure, monkeypatch):
    def stumble(picture):
        raise failure

    monkeypatch.setattr(Picture.Image, "getexif", stumble)
    assert clean_picture(make_file()).size
    monkeypatch.setattr(JpegImageFile, "load", stumble)
    with pytest.raises(ValidationError, match="no JPEG, PNG or WebP"):
        clean_picture(make_file())


def test_a_phone_s_picture_with_a_second_one_behind_it_is_a_jpeg():
    phones = make_file("MPO", save_all=True, append_images=[Picture.new("RGB", (8, 6), "blue")])
    with Picture.open(phones) as picture:
        assert picture.format == "MPO"
    clean = clean_picture(phones)
    assert clean.name == "picture.jpg"
    with Picture.open(clean) as picture:
        assert (picture.format, getattr(picture, "n_frames", 1)) == ("JPEG", 1)
        assert picture.getpixel((0, 0))[0] > 240


@pytest.mark.parametrize("held", [1, 6])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_that_hides_in_a_file_is_kept(kind, held):
    exif = Picture.Exif()
    exif[ExifTags.Base.Orientation] = held
    exif[ExifTags.Base.ImageDescription] = "the source"
    hidden = PngInfo()
    hidden.add_text("Author", "the source")
    hidden.add_itxt("XML:com.adobe.xmp", "the source")
    file = make_file(kind, exif=exif, pnginfo=hidden, comment=b"the source", xmp=b"the source", dpi=(71, 71))
    assert b"the source" in file.getvalue()
    clean = clean_picture(file).read()
    assert b"the source" not in clean
    with Picture.open(BytesIO(clean)) as picture:
        assert not picture.getexif()
        assert set(picture.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "loop",
            "background",
            "timestamp",
            "duration",
        }


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


def test_a_picture_too_large_to_be_opened_is_refused_for_its_size(monkeypatch):
    monkeypatch.setattr(Picture, "MAX_IMAGE_PIXELS", 10)
    with pytest.raises(ValidationError, match="smaller than 40 million"):
        clean_picture(make_file())


def test_what_a_palette_leaves_clear_stays_clear():
    file = BytesIO()
    photo = Picture.new("P", (8, 6), 1)
    photo.putpalette([0, 0, 0, 255, 0, 0])
    photo.save(file, "PNG", transparency=1)
    with Picture.open(clean_picture(file)) as picture:
        assert (picture.mode, picture.convert("RGBA").getpixel((0, 0))) == ("P", (255, 0, 0, 0))


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
