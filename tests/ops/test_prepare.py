"""``manage.py prepare``: does what is missing, and nothing when nothing is."""

import io

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db


@pytest.fixture
def one_static_file(settings, tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.css").write_text("a {}")
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [source]
    settings.STATIC_ROOT = tmp_path / "collected"
    return source / "a.css"


def prepare() -> str:
    said = io.StringIO()
    call_command("prepare", stdout=said)
    return said.getvalue()


def test_prepare_second_time_does_nothing(one_static_file, settings):
    assert prepare() == "Collecting static files …\n"
    assert (settings.STATIC_ROOT / "a.css").read_text() == "a {}"
    assert prepare() == ""


def test_prepare_after_a_change_collects_again(one_static_file, settings):
    prepare()
    one_static_file.write_text("b { color: red }")
    assert prepare() == "Collecting static files …\n"
    assert (settings.STATIC_ROOT / "a.css").read_text() == "b { color: red }"
