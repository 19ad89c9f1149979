"""The survey after a class (annex 2): adding an answer without a trace of whose it is; the questions."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from classrooms import errors
from classrooms.models import ClassSession, Questionnaire, QuestionnaireItem, SurveyReceipt, SurveyResult
from classrooms.rules import surveys as rules
from mentor_portal import portal_settings
from mentor_portal.accounts.models import User
from mentor_portal.reservations.models import Reservation


def questionnaire_for(*, session: ClassSession) -> Questionnaire:
    """Return what a class is asked: what its first answer was about, else that of its year."""
    result = SurveyResult.objects.select_related("questionnaire").filter(pk=session.pk).first()
    if result:
        return result.questionnaire
    return Questionnaire.objects.of_year(timezone.localtime(session.offering.starts_at).year)


def add_answer(
    *, reservation: Reservation, level: int, grades: Mapping[int, int], words: str
) -> SurveyReceipt:
    """Add an answer to the figures of its class, and note on a receipt that there was one.

    Items that ``grades`` leaves out count as the overall level; others than those of the questionnaire
    are passed over. The caller holds the lock of the offering, so that no answer is lost. What pages
    show moves on by ``SURVEY_SHOWN_FROM`` answers at once, or it would tell what the next one said.
    """
    result = _result_of(reservation)
    items = result.questionnaire.items.values_list("pk", flat=True)
    given = rules.whole_grades(grades, items, level)
    result.answers += 1
    result.points += sum(given.values())
    result.tallies = rules.with_answer(result.tallies, given)
    if words:
        result.words = sorted([*result.words, words])
    _show(result)
    result.save(update_fields=["answers", "points", "tallies", "words", "shown"])
    return SurveyReceipt.objects.create(reservation=reservation)


@transaction.atomic
def copy_questionnaire(*, questionnaire: Questionnaire, to_year: int, by: User) -> Questionnaire:
    """Copy a questionnaire to another year, where it may be changed. Raises QuestionnaireExists."""
    copy, is_new = Questionnaire.objects.get_or_create(
        year=to_year, defaults={"introduction": questionnaire.introduction}
    )
    if not is_new:
        raise errors.QuestionnaireExists(year=to_year)
    QuestionnaireItem.objects.bulk_create(
        QuestionnaireItem(questionnaire=copy, position=item.position, text=item.text)
        for item in questionnaire.items.all()
    )
    return copy


def _result_of(reservation: Reservation) -> SurveyResult:
    """Return the figures of a class; the first answer begins them and fixes the questionnaire."""
    result = SurveyResult.objects.filter(pk=reservation.offering_id).first()
    if result:
        return result
    session = ClassSession.objects.select_related("offering").get(pk=reservation.offering_id)
    questionnaire = questionnaire_for(session=session)
    # Whoever changes its items waits until the first answer is in, and then finds them fixed.
    Questionnaire.objects.select_for_update(no_key=True).get(pk=questionnaire.pk)
    return SurveyResult.objects.create(session=session, questionnaire=questionnaire)


def _show(result: SurveyResult) -> None:
    fewest = portal_settings.read()["SURVEY_SHOWN_FROM"]
    if rules.can_show_more(answers=result.answers, shown=result.shown.get("answers", 0), fewest=fewest):
        names = ("answers", "points", "tallies", "words")
        result.shown = {name: getattr(result, name) for name in names}
