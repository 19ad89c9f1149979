"""The pages of a judge, and of the year-end."""

from collections.abc import Iterator

from django.utils import timezone

from evaluation.models import CoursewareEntry, EvaluationYear, Objection
from evaluation.services import raise_objection
from mentors.models import Mentor
from tests import courseware, offerings, panel, year_end
from tests.browser.pages import acts
from tests.browser.pages.stop import Stop
from tests.scene import Scene


def of_the_judge(scene: Scene) -> Iterator[Stop]:
    """The pages of a judge with sheets in every state, and of one who has none."""
    judge, staff = scene.people["judge"], scene.people["staff"]
    yield Stop("nothing to judge", "judge", "/judging/")
    member = panel.appointed(judge, panel.this_year(), staff)
    names = ("empty", "whole", "submitted", "returned", "recused")
    of_work = {name: panel.sheet_of(staff, member) for name in names}
    panel.give(of_work["whole"], "0.7", is_submitted=False)
    panel.give(of_work["submitted"], "0.8")
    panel.changed(of_work["returned"], state="returned", reason="第三组的分数与评语不一致，请核对")
    panel.changed(of_work["recused"], state="recused", reason="师生关系")
    teaching = panel.teaching_sheet_of(staff, member)
    yield Stop("judge's me", "judge", "/me/")
    yield Stop("sheets", "judge", "/judging/")
    yield from (Stop(f"sheet {name}", "judge", row.get_absolute_url()) for name, row in of_work.items())
    whole = of_work["whole"].get_absolute_url()
    yield Stop("sheet of a mentor", "judge", teaching.get_absolute_url())
    yield Stop("submitting", "judge", f"{whole}submit/")
    yield Stop("stepping back", "judge", f"{whole}recuse/")
    yield Stop("not submitted", "judge", of_work["empty"].get_absolute_url(), act=acts.submit_nothing)


def of_the_year_end(scene: Scene) -> Iterator[Stop]:
    """两优 before any result is shown, open to objections, and final: for everybody and for a mentor."""
    yield Stop("no awards", "everyone", "/awards/")
    this_year, mentor = panel.this_year().year, scene.people["mentor"].mentor
    shown, final = year_end.year_of(this_year - 1), year_end.year_of(this_year - 2)
    others = [offerings.make_mentor(name=name) for name in ("欧阳慧芳", "陈思远", "王海燕")]
    cards = [*zip([mentor, *others], ["59.02", "88.5", "59.02", "12"], strict=True)]
    for year in (final, shown):
        works = [_entered(scene, each, year) for each in (mentor, *others)]
        placed = [*zip(works, ["91.45", "88", "88", None], [1, 2, 2, None], strict=True)]
        year_end.shown(year, cards, courseware=placed)
    year_end.made_final(final)
    objection = f"/awards/{shown.year}/objections/new/"
    raised = _objections(shown, scene)
    year_end.answered(raised[0], "upheld", "经核实少记了一次课，已重新计算并更正结果。")
    year_end.answered(raised[1], "declined", "经核实，您的上课次数记录无误。")
    yield Stop("awards", "everyone", "/awards/")
    for name, year in (("year in the days of objecting", shown), ("final year", final)):
        yield Stop(name, "everyone", f"/awards/{year.year}/")
        yield Stop(f"score of a {name}", "mentor", f"/me/score/?year={year.year}")
    yield Stop("own objections", "owner", f"/awards/{shown.year}/")
    yield Stop("objecting", "owner", objection)
    yield Stop("objection refused", "owner", objection, act=acts.object_to_nothing)
    yield Stop("score of no year", "mentor", "/me/score/?year=1999")


def _entered(scene: Scene, mentor: Mentor, year: EvaluationYear) -> CoursewareEntry:
    title = "从投递到入职：制造业一线技术岗位的简历、面试与薪酬谈判"
    made = courseware.kept(mentor, title=title, session=scene.sessions["taught"], audience="public")
    return year_end.entered(made, year=year)


def _objections(year: EvaluationYear, scene: Scene) -> list[Objection]:
    said = {"name": "求职者小李", "phone": "13900001234", "by": scene.owner, "at": timezone.now()}
    texts = ("导师周建国 6 月 3 日的课没有计入，请核实。", "名次不对", "长" * 300)
    return [raise_objection(year=year, text=text, **said) for text in texts]
