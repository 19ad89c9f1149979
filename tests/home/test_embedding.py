"""The classes on other sites: what the frame shows, who may show it, and how staff say so."""

import pytest
from constance.test import override_config
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils.html import escape

from mentor_portal.accounts.models import User
from mentor_portal.home.hosts import HostsField, host_names
from tests import offerings

pytestmark = pytest.mark.django_db
FRAME, SETTINGS = "/widget/classes/", "/admin/constance/config/"


def policy(response) -> dict[str, list[str]]:
    parts = (each.split() for each in response["Content-Security-Policy"].split(";") if each.strip())
    return {name: values for name, *values in parts}


def test_frame_shows_the_next_published_classes():
    titles = [f"第{number}堂课" for number in range(7)]
    for title in titles:
        offerings.make_session(title=title)
    offerings.make_draft(title="草稿")
    page = Client().get(FRAME)
    assert [card.title for card in page.context["cards"]] == titles[:5]
    assert "草稿" not in page.content.decode()
    assert len(Client().get(FRAME, {"count": "7"}).context["cards"]) == 7
    assert "没有符合条件" in Client().get(FRAME, {"q": "绝无此课"}).content.decode()


@pytest.mark.parametrize("count", ["", "0", "-1", "x", "１", "9999999", "21"])
def test_count_is_bounded(count):
    session = offerings.make_session()
    offerings.make_many(session, 30)
    assert len(Client().get(FRAME, {"count": count}).context["cards"]) in (1, 5, 20)


def test_frame_takes_the_filters_of_the_schedule():
    session = offerings.make_session(title="机械课")
    slug = session.category.slug
    page = Client().get(FRAME, {"category": slug})
    assert [card.title for card in page.context["cards"]] == ["机械课"]
    assert f"/classes/?category={slug}" in page.content.decode()


def test_frame_sets_nothing_and_may_be_kept_for_a_minute():
    response = Client().get(FRAME)
    assert not response.cookies
    assert response["Cache-Control"] == "public, max-age=60"


@override_config(WIDGET_HOSTS="www.example.com\njobs.example.com:8443")
def test_only_listed_sites_may_show_the_frame(settings):
    response = Client().get(FRAME)
    origins = ["https://www.example.com", "https://jobs.example.com:8443"]
    assert set(policy(response)["frame-ancestors"]) >= {"'self'", *origins}
    assert "X-Frame-Options" not in response
    settings.HTTPS = True
    assert policy(Client().get(FRAME))["frame-ancestors"] == ["'self'", *origins]


@override_config(WIDGET_HOSTS="www.example.com")
@pytest.mark.parametrize("path", ["/", "/classes/", "/sign-in/", "/api/v1/", "/widget.js"])
def test_no_other_page_may_be_shown_in_a_frame(path):
    response = Client().get(path)
    assert policy(response)["frame-ancestors"] == ["'none'"]
    assert response["X-Frame-Options"] == "DENY"


@override_config(WIDGET_HOSTS="*; script-src evil.example 'unsafe-inline'")
def test_what_is_no_host_name_never_reaches_the_policy():
    told = policy(Client().get(FRAME))
    assert "*" not in " ".join(told["frame-ancestors"]) and "unsafe-inline" not in str(told)
    assert set(told) == {"default-src", "img-src", "object-src", "base-uri", "frame-ancestors", "form-action"}


def test_nobody_listed_means_nobody():
    assert policy(Client().get(FRAME))["frame-ancestors"] == ["'self'"]


def test_script_has_an_address_that_stays():
    response = Client().get("/widget.js")
    assert response["Content-Type"].startswith("text/javascript")
    assert "/widget/classes/" in response.content.decode()
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("www.example.com", ["www.example.com"]),
        ("WWW.Example.com，jobs.example.com", ["www.example.com", "jobs.example.com"]),
        ("人才.中国", ["xn--gmq009b.xn--fiqs8s"]),
        ("localhost:8000 127.0.0.1", ["localhost:8000", "127.0.0.1"]),
        ("", []),
        ("https://www.example.com", []),
        ("*.example.com", []),
        ("www.example.com/path", []),
        ("a;b 'self'", ["a", "b"]),
        ("-a.example.com", []),
        ("." * 300, []),
    ],
)
def test_host_names_are_read_as_browsers_send_them(text, names):
    assert host_names(text) == names


def send_settings(client, hosts: str):
    """Send the page of settings as it is, with these host names."""
    # Its content type is made at the first change, and must not outlive the test.
    ContentType.objects.clear_cache()
    client.force_login(User.objects.create_superuser("13600000002", name="系统管理员"))
    form = client.get(SETTINGS).context["form"]
    return client.post(SETTINGS, {**form.initial, "WIDGET_HOSTS": hosts})


@pytest.mark.parametrize("text", ["https://www.example.com", "*.example.com", "example.com/path", "'self'"])
def test_staff_hear_what_is_no_host_name(client, text):
    page = send_settings(client, text).content.decode()
    assert "不是域名" in page and escape(text) in page


def test_host_that_staff_write_down_may_show_the_frame(client):
    assert send_settings(client, "A.example").status_code == 302
    ContentType.objects.clear_cache()
    assert "https://a.example" in policy(Client().get(FRAME))["frame-ancestors"]


def test_hosts_are_kept_one_to_a_line():
    assert HostsField(required=False).clean("b.example, a.example b.example") == "b.example\na.example"


def test_staff_copy_what_they_have_chosen(client, staff):
    client.force_login(staff)
    page = client.get("/admin/embedding/", {"count": "8", "category": "machinery"}).content.decode()
    assert 'src="http://testserver/widget.js" data-count="8" data-category="machinery"' in page.replace(
        "&quot;", '"'
    )
    assert "还没有登记任何网站" in page
