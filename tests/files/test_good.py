"""What people's programs write is taken, and known for what it is."""

import pytest

from mentor_portal import files
from tests import documents as made
from tests.files.good import GOOD


@pytest.mark.parametrize(("name", "make", "content_type"), GOOD, ids=[name for name, *_ in GOOD])
def test_courseware_is_known_by_its_content(name, make, content_type):
    content = make()
    found = files.examine_file(
        upload=made.upload(name, content), allowed=files.COURSEWARE, most_mb=50, most_video_mb=200
    )
    assert (found.content_type, found.name, found.size) == (content_type, name, len(content))


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("安排.xlsx", made.workbook(), f"{made.OFFICE_TYPE}.spreadsheetml.sheet"),
        ("旧.doc", made.compound("WordDocument"), "application/msword"),
        ("旧.xls", made.compound("Workbook"), "application/vnd.ms-excel"),
    ],
)
def test_documents_of_other_places_are_known_too(name, content, content_type):
    found = files.examine_file(upload=made.upload(name, content), most_mb=20)
    assert (found.content_type, found.name, found.size) == (content_type, name, len(content))


def test_upload_is_left_at_its_start():
    upload = made.upload("a.pdf", made.PDF)
    files.examine_file(upload=upload, most_mb=1)
    assert upload.tell() == 0


def test_hash_is_that_of_the_content():
    import hashlib

    upload = made.upload("a.pdf", made.PDF)
    upload.seek(5)
    assert files.sha256_of(upload) == hashlib.sha256(made.PDF).hexdigest()
    assert upload.tell() == 0
