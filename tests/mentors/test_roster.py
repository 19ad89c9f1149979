"""The roster through the staff's pages: upload, preview, confirm; all of it or nothing."""

from datetime import date, datetime, time
from io import BytesIO

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from mentor_portal.accounts.models import User
from mentors import services
from mentors.models import Appointment, Category, Mentor
from mentors.rules.roster import HEADS
from tests.mentors.roster_file import row, upload, workbook

pytestmark = pytest.mark.django_db
IMPORT = reverse("admin:mentors_mentor_import")
CONFIRM = reverse("admin:mentors_mentor_process_import")
EXPORT = reverse("admin:mentors_mentor_export")
TEMPLATE = reverse("admin:mentors_mentor_roster_template")


@pytest.fixture
def desk(client, staff):
    client.force_login(staff)
    return client


def send(desk, content: bytes, name: str = "名册.xlsx"):
    return desk.post(IMPORT, {"import_file": upload(content, name), "format": "0", "resource": "0"})


def confirm(desk, preview):
    return desk.post(CONFIRM, preview.context["confirm_form"].initial, follow=True)


def bring_in(desk, rows):
    return confirm(desk, send(desk, workbook(rows)))


def complaints(response) -> dict[int, list[str]]:
    return {each.number: each.error.messages for each in response.context["result"].invalid_rows}


def messages_of(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_preview_shows_what_would_change_and_writes_nothing(desk):
    preview = send(desk, workbook([row(1), row(2)]))
    assert "新增 2 位，更新 0 位，未变 0 位" in preview.content.decode()
    assert not Mentor.objects.exists()
    assert not User.objects.filter(phone="13600000001").exists()


def test_confirmed_roster_is_stored_with_everything(desk):
    done = bring_in(desk, [row(1), row(2, 主产业链="", 其他类别="", 聘书编号="", 聘期开始="", 聘期结束="")])
    assert messages_of(done) == ["名册已导入：新增 2 位，更新 0 位，未变 0 位。"]
    mentor = Mentor.objects.get(user__phone="13600000001")
    assert (mentor.name, mentor.user.name, mentor.employer) == ("导师1", "导师1", "湖南某装备制造企业")
    assert not mentor.user.has_usable_password()
    assert mentor.primary_chain.name == "工程机械产业链"
    assert [each.name for each in mentor.categories.all()] == ["行政管理类"]
    assert [each.name for each in mentor.chains.all()] == ["中药产业链"]
    assert [each.name for each in mentor.topic_types.all()] == ["简历制作", "面试技巧"]
    assert mentor.specialities == ["面试技巧", "薪酬谈判"]
    term = mentor.appointments.get()
    assert (term.number, term.starts_on, term.ends_on) == (
        "湘职导〔2026〕0001号",
        date(2026, 1, 1),
        date(2026, 12, 31),
    )
    assert not Mentor.objects.get(user__phone="13600000002").appointments.exists()


def test_known_phone_updates_its_mentor_and_names_the_columns(desk):
    bring_in(desk, [row(1), row(2)])
    changed = row(1, 手机号="136 0000 0001", 工作单位="新单位", 其他类别="", 聘期结束=date(2027, 6, 30))
    preview = send(desk, workbook([changed, row(2)]))
    assert [result.diff for result in preview.context["result"].rows] == [
        ["工作单位", "其他类别", "聘期"],
        [],
    ]
    done = confirm(desk, preview)
    assert messages_of(done) == ["名册已导入：新增 0 位，更新 1 位，未变 1 位。"]
    mentor = Mentor.objects.get(user__phone="13600000001")
    assert (mentor.employer, mentor.categories.count()) == ("新单位", 0)
    assert mentor.appointments.get().ends_on == date(2027, 6, 30)
    assert Mentor.objects.count() == 2


def test_every_stored_row_leaves_a_record_of_who_did_it(desk, staff):
    bring_in(desk, [row(1), row(2)])
    bring_in(desk, [row(1, 工作单位="新单位"), row(2)])
    records = LogEntry.objects.get_for_model(Mentor).order_by("pk").values_list("actor", "action", "changes")
    assert [(actor, action) for actor, action, _ in records] == [
        (staff.pk, LogEntry.Action.CREATE),
        (staff.pk, LogEntry.Action.CREATE),
        (staff.pk, LogEntry.Action.UPDATE),
    ]
    assert records[2][2] == {"名册导入": ["", "工作单位"]}


def test_known_account_becomes_a_mentor_and_keeps_its_name(desk, job_seeker):
    bring_in(desk, [row(1, 手机号=job_seeker.phone)])
    job_seeker.refresh_from_db()
    assert (job_seeker.mentor.name, job_seeker.name) == ("导师1", "求职者小李")


def test_importing_the_same_roster_twice_changes_nothing(desk):
    bring_in(desk, [row(1)])
    before = list(Mentor.objects.values()), list(Appointment.objects.values()), User.objects.count()
    done = bring_in(desk, [row(1)])
    assert messages_of(done) == ["名册已导入：新增 0 位，更新 0 位，未变 1 位。"]
    assert before == (list(Mentor.objects.values()), list(Appointment.objects.values()), User.objects.count())


def test_one_bad_row_is_named_and_no_row_is_stored(desk):
    response = send(desk, workbook([row(1), row(2, 主类别="农业类", 主产业链=""), row(3)]))
    assert "confirm_form" not in response.context
    assert list(complaints(response)) == [3]
    content = response.content.decode()
    assert "第 3 行" in content and "没有名为“农业类”的类别，可填：机械制造类、新材料类" in content
    assert not Mentor.objects.exists()
    assert not User.objects.filter(phone__startswith="136").exists()


def test_rows_are_numbered_as_in_the_sheet_past_empty_ones_and_examples(desk):
    rows = [row(1, 姓名="示例：张三"), {}, row(2), {}, row(3, 手机号="123"), {}, {}]
    assert complaints(send(desk, workbook(rows))) == {6: ["手机号“123”不是 11 位大陆手机号。"]}


def test_every_kind_of_complaint_in_one_file(desk, make_mentor, make_user):
    other = make_mentor("李敏", appointed=False)
    services.appoint(mentor=other, number="旧-1", starts_on=date(2025, 1, 1), ends_on=date(2026, 6, 30))
    closed = make_user("停用", is_active=False)
    rows = [
        row(1),
        row(2, 手机号="13600000001"),
        row(3, 聘书编号="旧-1"),
        row(4, 手机号=closed.phone),
        row(5, 手机号=other.user.phone),
        row(6, 主产业链="中药产业链"),
        row(7, 聘期结束="2025-01-01"),
    ]
    assert complaints(send(desk, workbook(rows))) == {
        3: ["手机号 13600000001 与第 2 行重复。"],
        4: ["聘书编号 旧-1 已用于“李敏”。"],
        5: ["该手机号的账号已停用，请先在“人员”中启用。"],
        6: ["与聘书 旧-1（2025-01-01 至 2026-06-30）的聘期重叠。"],
        7: ["主产业链“中药产业链”属于“生物医药类”，与主类别“机械制造类”不一致。"],
        8: ["聘期结束须晚于聘期开始。"],
    }


def test_what_changed_between_preview_and_confirmation_refuses_the_whole(desk, make_mentor):
    preview = send(desk, workbook([row(1), row(2)]))
    other = make_mentor("李敏", appointed=False)
    services.appoint(
        mentor=other, number="湘职导〔2026〕0002号", starts_on=date(2026, 1, 1), ends_on=date(2026, 2, 1)
    )
    refused = confirm(desk, preview)
    assert messages_of(refused) == ["名册没有导入：预览之后数据有变动。请重新上传，查看原因。"]
    assert list(Mentor.objects.all()) == [other]


def test_confirmation_of_a_forgotten_upload_asks_for_it_again(desk):
    preview = send(desk, workbook([row(1)]))
    confirm(desk, preview)
    assert messages_of(confirm(desk, preview)) == ["上传的文件已过期，请重新上传。"]


def test_dates_may_be_dates_numbers_or_texts_and_phones_numbers(desk):
    rows = [
        row(
            1,
            手机号=13600000001,
            聘期开始=datetime.combine(date(2026, 1, 1), time()),
            聘期结束="2026年12月31日",
        ),
        row(2, 手机号=13600000002.0, 聘期开始=46023, 聘期结束="2026/12/31"),
    ]
    bring_in(desk, rows)
    terms = set(Appointment.objects.values_list("starts_on", "ends_on"))
    assert terms == {(date(2026, 1, 1), date(2026, 12, 31))}


def test_columns_may_stand_in_any_order_with_others_between(desk):
    heads = ["备注", *reversed(HEADS)]
    confirm(desk, send(desk, workbook([row(1)], heads)))
    assert Mentor.objects.get().name == "导师1"


def renamed(name: str) -> bytes:
    return workbook([row(1)], ["名字" if head == name else head for head in HEADS])


def other_zip() -> bytes:
    content = BytesIO()
    Workbook().save(content)
    return content.getvalue()[:-200]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"name,phone\n", "不是 Excel 工作簿（.xlsx）"),
        (b"", "空"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "不是 Excel 工作簿（.xlsx）"),
        (b"PK\x03\x04" + b"\0" * 600, "不是 Excel 工作簿（.xlsx）"),
        (other_zip(), "不是 Excel 工作簿（.xlsx）"),
        (workbook([], []), "第一行缺少列：姓名、手机号"),
        (renamed("手机号"), "第一行缺少列：手机号。请使用名册模板。"),
        (workbook([]), "没有可导入的行"),
        (workbook([row(1, 姓名="示例：张三")]), "没有可导入的行"),
    ],
)
def test_file_that_is_no_roster_gets_a_sentence(desk, content, sentence):
    response = send(desk, content)
    assert response.status_code == 200
    assert sentence in str(response.context["form"].errors)


def test_too_large_rosters_are_refused(desk, monkeypatch):
    monkeypatch.setattr("mentors.admin.workbooks.MOST_ROWS", 2)
    assert "超过 2 行" in str(send(desk, workbook([row(n) for n in range(3)])).context["form"].errors)
    monkeypatch.setattr("mentors.admin.roster.MOST_BYTES", 10)
    assert "超过 5 MB" in str(send(desk, workbook([row(1)])).context["form"].errors)


def test_export_reads_back_as_it_was_written(desk):
    bring_in(desk, [row(1), row(2, 主产业链="", 目录展示="否")])
    content = desk.get(EXPORT).content
    sheet = load_workbook(BytesIO(content)).active
    lines = list(sheet.iter_rows(values_only=True))
    assert lines[0] == HEADS
    assert [line[:2] for line in lines[1:]] == [("导师1", "13600000001"), ("导师2", "13600000002")]
    assert lines[1][12] == datetime.combine(date(2026, 1, 1), time())
    assert messages_of(confirm(desk, send(desk, content))) == [
        "名册已导入：新增 0 位，更新 0 位，未变 2 位。"
    ]


def test_export_writes_formulas_and_control_characters_as_text(desk, make_mentor):
    make_mentor("=HYPERLINK(1)", employer="+1\x0b", introduction="@SUM(A1)")
    sheet = load_workbook(BytesIO(desk.get(EXPORT).content)).active
    cells = {head: sheet.cell(row=2, column=index) for index, head in enumerate(HEADS, start=1)}
    assert (cells["姓名"].value, cells["姓名"].data_type) == ("=HYPERLINK(1)", "s")
    assert cells["姓名"].quotePrefix
    assert cells["工作单位"].value == "+1"


def test_export_keeps_to_the_filters(desk, make_mentor):
    make_mentor("甲")
    make_mentor("乙", category="business")
    category = Category.objects.get(slug="business").pk
    content = desk.get(EXPORT, {"primary_category__id__exact": category}).content
    assert [line[0].value for line in load_workbook(BytesIO(content)).active.iter_rows(min_row=2)] == ["乙"]


def test_template_has_the_heads_an_example_and_the_allowed_names(desk):
    book = load_workbook(BytesIO(desk.get(TEMPLATE).content))
    sheet, notes = book.worksheets
    assert next(sheet.iter_rows(values_only=True)) == HEADS
    assert sheet.max_row == 2
    assert "空气治理技术及应用产业链" in "".join(str(line) for line in notes.iter_rows(values_only=True))
    assert "没有可导入的行" in str(send(desk, desk.get(TEMPLATE).content).context["form"].errors)


def test_roster_is_for_those_who_keep_it(client, make_user, job_seeker):
    from django.contrib.auth.models import Group

    reader = make_user("怀化小张", is_staff=True)
    reader.groups.add(Group.objects.get(name="承办单位工作人员"))
    for address in (IMPORT, EXPORT, TEMPLATE):
        assert client.get(address).status_code == 302
    client.force_login(job_seeker)
    for address in (IMPORT, EXPORT, TEMPLATE):
        assert client.get(address, follow=True).status_code == 403
    client.force_login(reader)
    for address in (IMPORT, EXPORT, TEMPLATE):
        assert client.get(address).status_code == 403
    assert client.post(CONFIRM).status_code == 403


def test_five_hundred_rows_cost_few_queries(desk):
    content = workbook([row(number) for number in range(500)])
    with CaptureQueriesContext(connection) as previewing:
        preview = send(desk, content)
    with CaptureQueriesContext(connection) as storing:
        confirm(desk, preview)
    assert Mentor.objects.count() == 500
    assert (len(previewing), len(storing)) < (120, 120)
    with CaptureQueriesContext(connection) as exporting:
        desk.get(EXPORT)
    assert len(exporting) < 30
