"""Takes in a picture: checks what it really is, and keeps only what shows."""

from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image as Picture
from PIL import ImageCms, ImageOps

MOST_PIXELS = 100_000_000
ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}


def clean_picture(upload) -> ContentFile:
    """The picture stored anew: upright, and without the place, camera and text data a file can hide.

    Raises ValidationError for what is no JPEG, PNG or WebP, is damaged, or has more than 100 million pixels.
    """
    try:
        with Picture.open(upload, formats=list(ENDINGS)) as picture:
            kind = picture.format
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(
                    f"The picture has {picture.width} × {picture.height} pixels, too many for the site; "
                    "make it smaller than 100 million and upload it again."
                )
            upright = in_common_colours(ImageOps.exif_transpose(picture))
            bare = Picture.new(upright.mode, upright.size)
            if upright.mode == "P":
                bare.putpalette(upright.getpalette())
            bare.paste(upright)
            out = BytesIO()
            transparency = (
                {"transparency": upright.info["transparency"]} if "transparency" in upright.info else {}
            )
            bare.save(out, kind, **transparency, **({"quality": 90} if kind != "PNG" else {}))
    except ValidationError:
        raise
    except (OSError, ValueError, SyntaxError, Picture.DecompressionBombError) as error:
        raise ValidationError("This is no JPEG, PNG or WebP picture, or the file is damaged.") from error
    return ContentFile(out.getvalue(), name=f"picture.{ENDINGS[kind]}")


def in_common_colours(picture: Picture.Image) -> Picture.Image:
    """The picture in sRGB, which every browser assumes: its own colour profile does not travel with it."""
    profile = picture.info.get("icc_profile")
    if picture.mode == "CMYK" and not profile:
        return picture.convert("RGB")
    if not profile or picture.mode not in {"RGB", "RGBA", "CMYK"}:
        return picture
    try:
        common = ImageCms.createProfile("sRGB")
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        return ImageCms.profileToProfile(picture, BytesIO(profile), common, outputMode=mode)
    except ImageCms.PyCMSError:  # a damaged profile: the colours as they are
        return picture.convert("RGB") if picture.mode == "CMYK" else picture
