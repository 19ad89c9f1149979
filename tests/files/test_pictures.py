"""Kept pictures tell nothing beside what is drawn on them."""

import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image, ImageChops, ImageStat

from mentor_portal.files.pictures import redrawn
from tests import documents as made
from tests.files import good


def kept(content: bytes, kind: str) -> tuple[bytes, Image.Image]:
    drawn = redrawn(ContentFile(content, name="a"), f"image/{kind.lower()}").read()
    return drawn, Image.open(io.BytesIO(drawn))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_and_device_are_gone_and_the_picture_stands_upright(kind):
    content = good.photo(kind)
    assert Image.open(io.BytesIO(content)).getexif().get_ifd(0x8825)
    drawn, picture = kept(content, kind)
    assert not picture.getexif() and picture.size == (40, 60) and picture.format == kind
    assert b"Phone" not in drawn and b"secret" not in drawn and b"Exif" not in drawn


def test_quality_is_kept():
    content = good.photo()
    before = Image.open(io.BytesIO(content))
    drawn, after = kept(content, "JPEG")
    assert after.quantization == before.quantization
    upright = before.transpose(Image.Transpose.ROTATE_270)
    assert max(ImageStat.Stat(ImageChops.difference(upright, after)).mean) < 4
    assert len(drawn) < 1.2 * len(content)


def test_film_behind_a_photo_is_dropped():
    drawn, _ = kept(good.motion_photo(), "JPEG")
    assert b"ftyp" not in drawn and drawn.endswith(b"\xff\xd9")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_png_keeps_its_mode_and_transparency(mode):
    before = Image.new(mode, (4, 4))
    if mode == "P":
        before.info["transparency"] = 0
    content = io.BytesIO()
    before.save(content, "PNG")
    opened = Image.open(io.BytesIO(content.getvalue()))
    _, after = kept(content.getvalue(), "PNG")
    assert (after.mode, after.info.get("transparency")) == (opened.mode, opened.info.get("transparency"))
    assert after.convert("RGBA").tobytes() == opened.convert("RGBA").tobytes()


@pytest.mark.parametrize("mode", ["L", "CMYK", "RGB"])
def test_jpeg_keeps_its_mode_and_profile(mode):
    content = io.BytesIO()
    Image.new(mode, (16, 16)).save(content, "JPEG", icc_profile=b"profile" * 20)
    _, after = kept(content.getvalue(), "JPEG")
    assert (after.mode, after.info["icc_profile"]) == (mode, b"profile" * 20)


def test_words_in_a_png_are_gone():
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("Comment", "secret")
    words.add_itxt("XML:com.adobe.xmp", "<x>secret</x>")
    drawn, _ = kept(made.picture("PNG", pnginfo=words), "PNG")
    assert b"secret" not in drawn
