"""Photos of mentors: every upload is drawn anew, so that nothing else of the file is kept."""

from io import BytesIO

from django.core.files.base import ContentFile, File
from django.db import transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from mentors.errors import PhotoRefused
from mentors.models import Mentor

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
FEWEST_PIXELS_A_SIDE = 64
LONGEST_SIDE = 512
FORMATS = ("JPEG", "PNG", "WEBP")
JPEG_QUALITY = 85


def prepare_photo(*, upload: File) -> ContentFile:
    """Return the upload as a JPEG of at most 512 pixels a side, upright, without its metadata.

    Raises PhotoRefused where it is no JPEG, PNG or WebP, is damaged, too large or too small.
    """
    if upload.size > MOST_BYTES:
        raise PhotoRefused(reason="文件超过 10 MB，请换一张小一些的照片。")
    upload.seek(0)
    picture = _open(upload)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    drawn = BytesIO()
    picture.save(drawn, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return ContentFile(drawn.getvalue(), name="photo.jpg")


@transaction.atomic
def save_photo(*, mentor: Mentor, upload: File) -> None:
    """Store the upload as the mentor's photo; the file of the earlier one goes. Raises PhotoRefused."""
    prepared = prepare_photo(upload=upload)
    forget_photo_file(mentor=mentor)
    mentor.photo.save(prepared.name, prepared, save=False)
    mentor.save(update_fields=["photo"])


@transaction.atomic
def remove_photo(*, mentor: Mentor) -> None:
    """Leave the mentor without a photo."""
    forget_photo_file(mentor=mentor)
    mentor.photo = ""
    mentor.save(update_fields=["photo"])


def _open(upload: File) -> Image.Image:
    try:
        with Image.open(upload, formats=FORMATS) as found:
            _check_size(*found.size)
            found.load()
            return _flatten(ImageOps.exif_transpose(found))
    except UnidentifiedImageError:
        raise PhotoRefused(reason="请上传 JPG、PNG 或 WebP 格式的照片。") from None
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
        raise PhotoRefused(reason="照片文件已损坏，请换一张。") from None


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise PhotoRefused(reason="照片超过 4000 万像素，请换一张小一些的照片。")
    if min(width, height) < FEWEST_PIXELS_A_SIDE:
        raise PhotoRefused(reason=f"照片太小，每边至少 {FEWEST_PIXELS_A_SIDE} 像素。")


def _flatten(picture: Image.Image) -> Image.Image:
    """Return a fresh RGB picture on white, without metadata, profile or transparency."""
    rgba = picture.convert("RGBA")
    flat = Image.new("RGB", rgba.size, "white")
    flat.paste(rgba, mask=rgba.getchannel("A"))
    return flat


def forget_photo_file(*, mentor: Mentor) -> None:
    """Delete the file of the photo that is stored now, once the change is committed."""
    name = Mentor.objects.values_list("photo", flat=True).get(pk=mentor.pk)
    if name:
        storage = mentor.photo.storage
        transaction.on_commit(lambda: storage.delete(name))
