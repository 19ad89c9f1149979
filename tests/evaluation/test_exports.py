"""The workbooks of the 两优: heads, numbers, people's text, print setup, and who may have them."""

from decimal import Decimal as D
from io import BytesIO
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from evaluation import errors, services
from evaluation.admin.workbooks import cards_workbook, matrix_workbook, ranking_workbook
from evaluation.models import EvaluationYear, RankingRun, ScoreSheet
from tests import judged, panel

pytestmark = pytest.mark.django_db
HOSTILE = ("=1+1", "+86", "-2", "@SUM(A1)", "\t=1")
LINES = (
    *("教学技巧\n（4）", "课堂组织\n（3）", "调控课堂\n（3）", "课件质量\n（10）", "参与活动次数\n（20）"),
    *("结对帮扶人数\n（20）", "点赞量\n（5）", "约课量\n（10）", "课后调查问卷\n（5）"),
    *("专题调研成果\n（20）", "加分项\n（10）"),
)


@pytest.fixture
def staff(make_user):
    return make_user("中心小王", is_staff=True)


@pytest.fixture
def run(staff) -> RankingRun:
    """A run over a mentor with two courseware and class sheets, and one for each hostile text."""
    year = panel.this_year()
    mentor = judged.appointed(year, likes=130)
    best, other = (panel.confirmed(staff, mentor, title=title) for title in ("=CMD()", "另一件"))
    judged.sheets_of(best, staff, [90, 92, 91])
    judged.sheets_of(other, staff, [80])
    judged.class_sheets(year, mentor, staff, [("4", "3", "2.5"), ("3", "2.5", "2.5")])
    for text in HOSTILE:
        named = judged.appointed(year, name=text)
        named.employer = text
        named.save(update_fields=["employer"])
    judged.computing(year, staff)
    EvaluationYear.objects.update(courseware_awards=1, mentor_awards=1)
    return judged.done(services.start_run(year=EvaluationYear.objects.get(pk=year.pk), by=staff, at=now()))


def now():
    return timezone.now()


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def rows_of(sheet: Worksheet, first: int = 3) -> list[tuple]:
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=first)]


def merged(sheet: Worksheet) -> set[str]:
    return {str(each) for each in sheet.merged_cells.ranges}


def words_on(sheet: Worksheet) -> dict[str, str]:
    return dict(sheet.iter_rows(min_row=2, max_col=2, values_only=True))


def all_workbooks(run: RankingRun, staff) -> list[Workbook]:
    made = (
        ranking_workbook(run, by=staff, at=now()),
        cards_workbook(run, by=staff, at=now()),
        matrix_workbook(run.year, by=staff, at=now()),
    )
    return [opened(content) for content in made]


def test_ranking_has_heads_of_two_rows_with_groups_merged(run, staff):
    sheet = opened(ranking_workbook(run, by=staff, at=now()))["排名表"]
    heads = [tuple(cell.value for cell in row) for row in sheet.iter_rows(max_row=2)]
    assert heads[0][:5] == ("序号", "名次", "姓名", "工作单位", "产业链")
    assert heads[0][5] == "课堂组织能力（10）"
    assert heads[0][11] == "求职者评价情况（20）"
    assert heads[0][16:] == ("合计", "备注")
    assert tuple(below or above for above, below in zip(*heads, strict=True))[5:16] == LINES
    single = {f"{letter}1:{letter}2" for letter in "ABCDEIJKOPQR"}
    assert merged(sheet) == single | {"F1:H1", "L1:N1"}


def test_ranking_lists_all_mentors_with_numbers_that_are_numbers(run, staff):
    sheet = opened(ranking_workbook(run, by=staff, at=now()))["排名表"]
    rows = rows_of(sheet)
    assert [row[0] for row in rows] == [1, 2, 3, 4, 5, 6]
    first = rows[0]
    assert first[1:4] == (1, "周建国", run.cards.first().mentor.employer)
    points = [3.5, 2.75, 2.5, 10, 0, 0, 5, 0, 0, 0, 0]
    assert first[5:] == (*points, 23.75, "入选、未达基数")
    numbers = [cell for row in sheet.iter_rows(min_row=3, min_col=6, max_col=17) for cell in row]
    assert {cell.data_type for cell in numbers} == {"n"}
    assert {cell.number_format for cell in numbers} == {"0.00"}
    assert sum(D(str(value)) for value in first[5:16]) == D(str(first[16])) == run.cards.first().total


def test_ranking_has_the_courseware_with_its_groups(run, staff):
    sheet = opened(ranking_workbook(run, by=staff, at=now()))["优秀课件"]
    assert {"G1:J1", "A1:A2", "K1:K2", "L1:L2"} <= merged(sheet)
    assert [sheet.cell(2, column).value for column in range(7, 11)] == [
        "科学性",
        "教育性",
        "技术性",
        "艺术性",
    ]
    first, second = rows_of(sheet)
    assert first == (1, 1, "课件 01", "=CMD()", "周建国", 3, 30, 30, 30, 1, 91, "入选")
    assert second[:6] == (2, None, "课件 02", "另一件", "周建国", 1)
    assert second[-2:] == (80, "评分表不足，不排名")


def test_cards_say_what_was_counted_and_what_the_cap_cut_off(run, staff):
    sheet = opened(cards_workbook(run, by=staff, at=now()))["得分明细"]
    assert {"B1:D1", "E1:G1", "H1:J1", "K1:M1", "A1:A2", "N1:N2"} == merged(sheet)
    rows = rows_of(sheet)
    assert len(rows) == 6 * 12
    lines = {row[5]: row for row in rows[:11]}
    assert lines["点赞量"][6:] == (5, "点赞（个）", 130, 100, 6.5, 1.5, 5, "点赞 130 个 × 5%，封顶 5 分")
    assert lines["教学技巧"][6:13] == (4, "评审平均（分）", 3.5, 3.5, 3.5, 0, 3.5)
    total = rows[11]
    assert total[0] is None
    assert total[1:7] == (1, "周建国", run.cards.first().mentor.employer, None, "合计", 110)
    assert total[12] == 23.75
    assert [row[0] for row in rows if row[0]] == list(range(1, 67))


def test_matrix_has_each_judges_total_and_where_they_lie(run, staff):
    year = panel.judging(run.year)
    entry = year.entries.get(number=2)
    for number, state in enumerate((ScoreSheet.State.RECUSED, ScoreSheet.State.RETURNED)):
        judge = panel.make_judge(year, staff, name=f"张{number}")
        given = {"assigned_at": now(), "assigned_by": staff, "reason": "认识作者"}
        ScoreSheet.objects.create(year=year, judge=judge, entry=entry, state=state, **given)
    book = opened(matrix_workbook(year, by=staff, at=now()))
    sheet = book["课件评审矩阵"]
    judges = [str(judge) for judge in year.judges.order_by("pk")]
    assert len(judges) == 8
    heads = [tuple(cell.value for cell in row) for row in sheet.iter_rows(max_row=2)]
    assert heads[0][:5] == ("序号", "编号", "标题", "导师", "评审专家")
    assert list(heads[1][4:12]) == judges
    assert (heads[0][12], heads[1][12:15]) == ("合计（100）", ("平均", "最低", "最高"))
    assert {"E1:L1", "M1:O1", "P1:R1", "Y1:AA1"} <= merged(sheet)
    first, second, means = rows_of(sheet)
    assert first[1:7] == ("课件 01", "=CMD()", "周建国", 90, 92, 91)
    assert first[12:15] == (91, 90, 92)
    assert second[7:12] == (80, None, None, "回避", "未交")
    assert (means[1], means[4:8]) == ("专家平均", (90, 92, 91, 80))
    parts = rows_of(book["课件分组评分"])
    assert [row[4] for row in parts[:4]] == ["科学性", "教育性", "技术性", "艺术性"]
    assert parts[3][5:9] == (10, 0, 2, 1)


def test_matrix_has_the_sheets_of_the_mentors(run, staff):
    book = opened(matrix_workbook(run.year, by=staff, at=now()))
    first, _ = rows_of(book["课堂组织能力矩阵"])
    assert first[1] == "周建国"
    assert first[7:12] == (9.5, 8, 8.75, 8, 9.5)
    assert [row[3:5] for row in rows_of(book["课堂分项评分"])] == [
        ("教学技巧", 4),
        ("课堂组织", 3),
        ("调控课堂", 3),
    ]


def test_workbooks_end_with_how_it_was_counted(run, staff):
    ranking, cards, matrix = all_workbooks(run, staff)
    assert ranking.sheetnames == ["排名表", "优秀课件", "统计口径"]
    assert cards.sheetnames == ["得分明细", "统计口径"]
    assert matrix.sheetnames[-1] == "统计口径"
    EvaluationYear.objects.update(like_percent=50, mentor_awards=99)
    words = words_on(opened(ranking_workbook(run, by=staff, at=now()))["统计口径"])
    assert words["输入校验值"] == run.digest
    assert "点赞数 × 5%" in words["点赞量（5 分）"]
    assert "名额 1 名" in words["名次"]
    assert words["导出"].startswith("中心小王")
    assert f"第 {run.number} 次计算" in words["数据来源"]


def test_item_that_is_off_says_so(run, staff):
    for row in run.rules["items"]:
        if row["key"] == "likes":
            row["maximum"] = "0.00"
    run.save(update_fields=["rules"])
    book = opened(cards_workbook(run, by=staff, at=now()))
    assert words_on(book["统计口径"])["点赞量（0 分）"] == "本年度不计这一项（分值为 0）。"
    assert [row[8:10] for row in rows_of(book["得分明细"])[:11] if row[5] == "点赞量"] == [(130, 0)]


def test_peoples_text_stays_text(run, staff):
    books = all_workbooks(run, staff)
    sheets = [sheet for book in books for sheet in book.worksheets]
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    for sheet in (books[0]["排名表"], books[1]["得分明细"]):
        found = [cell for row in sheet.iter_rows(min_row=3) for cell in row if cell.value in HOSTILE]
        assert {cell.value for cell in found} == set(HOSTILE)
        assert {(cell.data_type, cell.quotePrefix) for cell in found} == {("s", True)}
    plain = [cell for cell in books[0]["排名表"]["C"] if cell.value == "周建国"]
    assert [cell.quotePrefix for cell in plain] == [False]


def test_sheets_are_made_for_a4(run, staff):
    for book in all_workbooks(run, staff):
        for sheet in book.worksheets:
            page = sheet.page_setup
            assert (int(page.paperSize), page.orientation) == (9, "landscape")
            assert (page.fitToWidth, page.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (
                1,
                0,
                1,
            )
            assert sheet.print_title_rows in ("$1:$2", "$1:$1")
            assert sheet.freeze_panes
            assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"


def test_run_that_is_not_done_has_no_workbook(staff):
    year = judged.computing(panel.this_year(), staff)
    run = services.start_run(year=year, by=staff, at=now())
    for make in (ranking_workbook, cards_workbook):
        with pytest.raises(errors.RunNotExportable, match="排队中"):
            make(run, by=staff, at=now())


def test_year_without_anything_gives_empty_tables(staff):
    book = opened(matrix_workbook(panel.this_year(), by=staff, at=now()))
    assert [row[1] for row in rows_of(book["课件评审矩阵"])] == ["专家平均"]
    run = judged.done(services.start_draft(year=panel.this_year(), at=now()))
    assert rows_of(opened(ranking_workbook(run, by=staff, at=now()))["排名表"]) == []


def test_more_mentors_cost_no_more_queries(run, staff):
    def spent() -> list[int]:
        counts = []
        for make, of in ((ranking_workbook, run), (cards_workbook, run), (matrix_workbook, run.year)):
            with CaptureQueriesContext(connection) as queries:
                make(of, by=staff, at=now())
            counts.append(len(queries))
        return counts

    few = spent()
    for number in range(20):
        mentor = judged.appointed(run.year, name=f"导师{number}")
        card = run.cards.first()
        card.pk, card.mentor = None, mentor
        card.save(force_insert=True)
    judged.class_sheets(panel.judging(run.year), mentor, staff, [("4", "3", "2.5")])
    assert spent() == few
    assert max(few) < 15


class TestDownloads:
    @pytest.fixture
    def desk(self, client, make_user):
        client.force_login(make_user("中心小李", is_staff=True, is_superuser=True))
        return client

    def url(self, run: RankingRun, what: str = "ranking") -> str:
        return f"{reverse('admin:evaluation_rankingrun_export', args=[run.pk])}?what={what}"

    def test_staff_download_by_a_chinese_name(self, desk, run):
        response = desk.get(self.url(run, "cards"))
        name = f"{run.year.year}年度优秀职业导师得分明细（第1次计算）.xlsx"
        assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{quote(name)}"
        assert opened(response.getvalue()).sheetnames[0] == "得分明细"

    def test_unknown_export_is_not_there(self, desk, run):
        assert desk.get(self.url(run, "secrets")).status_code == 404

    def test_run_that_is_not_done_says_what_to_do(self, desk, staff):
        year = judged.computing(panel.this_year(), staff)
        run = services.start_run(year=year, by=staff, at=now())
        page = desk.get(self.url(run), follow=True)
        assert "没有可以导出的结果" in page.content.decode()

    def test_run_page_links_to_the_exports(self, desk, run):
        page = desk.get(reverse("admin:evaluation_rankingrun_change", args=[run.pk])).content.decode()
        assert self.url(run) in page and self.url(run, "cards") in page

    def test_matrix_is_downloaded_from_the_year(self, desk, run):
        page = desk.get(reverse("admin:evaluation_evaluationyear_change", args=[run.year.pk]))
        url = reverse("admin:evaluation_evaluationyear_matrix", args=[run.year.pk])
        assert url in page.content.decode()
        assert opened(desk.get(url).getvalue()).sheetnames[0] == "课件评审矩阵"
