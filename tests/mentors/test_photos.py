import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from mentors import services
from mentors.errors import PhotoRefused

pytestmark = pytest.mark.django_db


def png_claiming(width: int, height: int) -> bytes:
    """A few bytes that claim to be a picture of any size."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + _chunk(b"IDAT", zlib.compress(b"\0" * 100))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@pytest.mark.parametrize(
    ("format", "mode"),
    [("JPEG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "LA"), ("WEBP", "RGB"), ("JPEG", "CMYK")],
)
def test_prepared_photo_is_a_small_jpeg(make_picture, format, mode):
    prepared = services.prepare_photo(upload=make_picture((1600, 900), format, mode))
    with Image.open(prepared) as picture:
        assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (512, 288))


def test_prepared_photo_loses_its_metadata_and_stands_upright(make_picture):
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "秘密地点"
    prepared = services.prepare_photo(upload=make_picture((400, 200), exif=exif))
    with Image.open(prepared) as picture:
        assert (picture.size, dict(picture.getexif())) == ((200, 400), {})
    assert b"Exif" not in prepared.file.getvalue()


def test_prepared_photo_drops_what_hangs_behind_the_picture(make_picture):
    upload = make_picture()
    trap = SimpleUploadedFile("photo.jpg", upload.read() + b"<script>alert(1)</script>")
    assert b"script" not in services.prepare_photo(upload=trap).file.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "格式"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "格式"),
        (b"%PDF-1.7", "格式"),
        (b"\xff\xd8\xff\xe0 broken", "格式|损坏"),
        (png_claiming(100, 100), "损坏"),
        (png_claiming(60_000, 60_000), "像素|损坏"),
        (b"GIF89a" + b"\0" * 100, "格式"),
    ],
)
def test_hostile_upload_is_refused_in_words(content, reason):
    with pytest.raises(PhotoRefused, match=rf"照片未保存：.*({reason})"):
        services.prepare_photo(upload=SimpleUploadedFile("photo.jpg", content))


def test_truncated_picture_is_refused(make_picture):
    content = make_picture().read()
    with pytest.raises(PhotoRefused, match="损坏"):
        services.prepare_photo(upload=SimpleUploadedFile("photo.jpg", content[: len(content) // 2]))


def test_tiny_and_heavy_pictures_are_refused(make_picture, monkeypatch):
    with pytest.raises(PhotoRefused, match="太小"):
        services.prepare_photo(upload=make_picture((63, 500)))
    monkeypatch.setattr("mentors.services.photos.MOST_BYTES", 10)
    with pytest.raises(PhotoRefused, match="10 MB"):
        services.prepare_photo(upload=make_picture())


def test_saved_photo_has_a_random_name_and_replaces_the_file(
    make_mentor, make_picture, settings, django_capture_on_commit_callbacks
):
    mentor = make_mentor()
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            services.save_photo(mentor=mentor, upload=make_picture())
    files = [path.name for path in (settings.MEDIA_ROOT / "mentors").iterdir()]
    assert files == [mentor.photo.name.removeprefix("mentors/")]
    assert "photo" not in files[0]
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_photo(mentor=mentor)
    assert not list((settings.MEDIA_ROOT / "mentors").iterdir())


def test_refused_photo_leaves_the_old_one(make_mentor, make_picture, django_capture_on_commit_callbacks):
    mentor = make_mentor()
    services.save_photo(mentor=mentor, upload=make_picture())
    name = mentor.photo.name
    with pytest.raises(PhotoRefused), django_capture_on_commit_callbacks(execute=True):
        services.save_photo(mentor=mentor, upload=SimpleUploadedFile("x.jpg", b"x"))
    mentor.refresh_from_db()
    assert mentor.photo.name == name and mentor.photo.storage.exists(name)


def test_photo_page_serves_the_picture_with_safe_headers(client, make_mentor, make_picture):
    mentor = make_mentor()
    services.save_photo(mentor=mentor, upload=make_picture())
    response = client.get(reverse("mentors:mentor-photo", args=[mentor.pk]))
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=3600"
    assert Image.open(BytesIO(b"".join(response.streaming_content))).format == "JPEG"


def test_photo_page_of_an_unlisted_mentor_is_for_staff_and_the_mentor(
    client, make_mentor, make_picture, staff, job_seeker
):
    mentor = make_mentor(is_listed=False)
    services.save_photo(mentor=mentor, upload=make_picture())
    address = reverse("mentors:mentor-photo", args=[mentor.pk])
    assert client.get(address).status_code == 404
    for person, status in ((job_seeker, 404), (mentor.user, 200), (staff, 200)):
        client.force_login(person)
        response = client.get(address)
        assert response.status_code == status
        if status == 200:
            assert response["Cache-Control"].startswith("private")


def test_photo_page_without_photo_or_file_is_not_found(client, make_mentor, make_picture):
    mentor = make_mentor()
    address = reverse("mentors:mentor-photo", args=[mentor.pk])
    assert client.get(address).status_code == 404
    services.save_photo(mentor=mentor, upload=make_picture())
    mentor.photo.storage.delete(mentor.photo.name)
    assert client.get(address).status_code == 404
