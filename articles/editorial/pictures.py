"""Takes in a picture: checks what it really is, and keeps only what shows."""

from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import ExifTags, ImageCms
from PIL import Image as Picture

#: Four bytes each, and to turn a picture or change its colours needs it twice in memory.
MOST_PIXELS = 40_000_000
ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
#: By the number a camera writes for the way it was held.
TURNS = {
    2: Picture.Transpose.FLIP_LEFT_RIGHT,
    3: Picture.Transpose.ROTATE_180,
    4: Picture.Transpose.FLIP_TOP_BOTTOM,
    5: Picture.Transpose.TRANSPOSE,
    6: Picture.Transpose.ROTATE_270,
    7: Picture.Transpose.TRANSVERSE,
    8: Picture.Transpose.ROTATE_90,
}


def clean_picture(upload) -> ContentFile:
    """The picture stored anew: upright, and without the place, camera and text data a file can hide.

    Raises ValidationError for what is no JPEG, PNG or WebP, is damaged, or has more than 40 million pixels.
    """
    try:
        picture = Picture.open(upload, formats=list(ENDINGS))
        # Many phones put a second picture behind the first, and that makes it an MPO.
        kind = "JPEG" if picture.format == "MPO" else picture.format
        if picture.width * picture.height > MOST_PIXELS:
            raise too_large(f"{picture.width} × {picture.height}")
        # One name for all of them: each is let go as soon as the next is made.
        picture = upright(picture)
        picture = in_common_colours(picture)
        picture.info = {name: value for name, value in picture.info.items() if name == "transparency"}
        out = BytesIO()
        picture.save(out, kind, **({"quality": 90} if kind != "PNG" else {}))
    except ValidationError:
        raise
    except Picture.DecompressionBombError as error:
        raise too_large("hundreds of millions of") from error
    except Exception as error:  # a damaged file makes its reader fail in many ways, struct.error among them
        raise ValidationError("This is no JPEG, PNG or WebP picture, or the file is damaged.") from error
    return ContentFile(out.getvalue(), name=f"picture.{ENDINGS[kind]}")


def too_large(number: str) -> ValidationError:
    return ValidationError(
        f"The picture has {number} pixels, too many for the site; "
        f"make it smaller than {MOST_PIXELS // 1_000_000} million and upload it again."
    )


def upright(picture: Picture.Image) -> Picture.Image:
    """The picture as the camera was held. Data about the camera that cannot be read counts as none."""
    picture.load()
    try:
        turn = TURNS.get(picture.getexif().get(ExifTags.Base.Orientation))
    except Exception:  # whatever its reader stumbled over, the picture itself is there
        return picture
    return picture if turn is None else picture.transpose(turn)


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
