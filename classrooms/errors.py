"""Every way in which classes say no, beside what the engine of places refuses."""

from mentor_portal.errors import DomainError


class TopicNotEditable(DomainError):
    code = "topic_not_editable"
    sentence = "“{title}”现在是“{state}”，不能修改。需要改动请先撤回，或复制为新的申报。"


class TopicIncomplete(DomainError):
    """``missing`` says in words what each field lacks (title, windows); ``field`` is the first of them."""

    code = "topic_incomplete"
    sentence = "{what}"


class MentorNotAppointed(DomainError):
    code = "mentor_not_appointed"
    sentence = "您目前不在聘期内，暂不能申报课堂。如有疑问请联系省中心。"


class AlreadyDecided(DomainError):
    """Somebody else was first; the sentence says who and what."""

    code = "already_decided"
    sentence = "{who}已于 {when} 将“{title}”处理为“{state}”{comment}。请刷新后再看。"


class TopicNotSubmitted(DomainError):
    code = "topic_not_submitted"
    sentence = "“{title}”现在是“{state}”，不在审核中。"


class TopicChanged(DomainError):
    code = "topic_changed"
    sentence = "“{title}”在您查看之后由导师重新提交过，请看过新的内容再审核。"


class CommentMissing(DomainError):
    code = "comment_missing"
    sentence = "请写明原因，导师会据此修改。"


class TopicHasSessions(DomainError):
    code = "topic_has_sessions"
    sentence = "“{title}”已安排在{when}，不能撤回。需要改时间请申请调课。"


class TopicNotApproved(DomainError):
    code = "topic_not_approved"
    sentence = "“{title}”现在是“{state}”，通过审核后才能排课。"


class OutsideWindows(DomainError):
    code = "outside_windows"
    sentence = (
        "{mentor}为“{title}”申报的时段是：{windows}。所选时间不在其中；"
        "确需安排请勾选“在申报时段之外安排”，并须导师接受后才能发布。"
    )


class SeatsTooMany(DomainError):
    code = "seats_too_many"
    sentence = "{venue}只有 {seats} 个座位，名额不能多于 {seats}。"


class InThePast(DomainError):
    code = "in_the_past"
    sentence = "开始时间已经过去，请选择以后的时间。"


class PlacementDeclined(DomainError):
    code = "placement_declined"
    sentence = "{mentor}不接受“{title}”的这个安排{comment}，请先改时间再发布。"


class PlacementNotAccepted(DomainError):
    code = "placement_not_accepted"
    sentence = "“{title}”安排在申报时段之外，须{mentor}接受后才能发布。"


class NothingToAnswer(DomainError):
    code = "nothing_to_answer"
    sentence = "这堂课目前没有需要您答复的安排。已发布的课堂需要改时间，请申请调课。"


class NotMovable(DomainError):
    code = "not_movable"
    sentence = "“{title}”已开始、已结束或已取消，不能再申请调课。"


class MoveAlreadyAsked(DomainError):
    code = "move_already_asked"
    sentence = "您已于 {when} 为这堂课申请过调课，正在处理中。"


class MoveSettled(DomainError):
    code = "move_settled"
    sentence = "{who}已于 {when} 处理过这条调课申请（{state}）。"


class WishNotOpen(DomainError):
    code = "wish_not_open"
    sentence = "“{title}”的课堂需求现在是“{state}”，不能这样处理。"


class EventOver(DomainError):
    code = "event_over"
    sentence = "“{title}”已开始、已结束或已取消，不能再申请安排课堂。"


class NobodyWaits(DomainError):
    code = "nobody_waits"
    sentence = "“{title}”没有人候补，不需要另行开班。"


class NotYourClass(DomainError):
    code = "not_your_class"
    sentence = "只能为自己的课堂或主题上传课件。"


class ClassLeavesNothing(DomainError):
    code = "class_leaves_nothing"
    sentence = "“{title}”现在是“{state}”，不能为它上传课件。"


class OriginalityNotDeclared(DomainError):
    code = "originality_not_declared"
    sentence = "请确认原创声明后再上传。"


class CoursewareTitleMissing(DomainError):
    code = "courseware_title_missing"
    sentence = "请填写课件标题。"


class CoursewareWithdrawn(DomainError):
    code = "courseware_withdrawn"
    sentence = "“{title}”已撤下，恢复后才能上传新版本。"


class TooManyVersions(DomainError):
    code = "too_many_versions"
    sentence = "“{title}”已有 {most} 个版本，不能再上传新版本。"


class CoursewareExamined(DomainError):
    code = "courseware_examined"
    sentence = "“{title}”正在核查与其他课件的相似之处，核查结束后才能撤下或恢复。"


class QuestionMissing(DomainError):
    code = "question_missing"
    sentence = "请写明需要导师说明什么。"


class AnswerMissing(DomainError):
    code = "answer_missing"
    sentence = "请填写说明。"


class ReasonMissing(DomainError):
    code = "reason_missing"
    sentence = "请写明认定理由。"


class MentorAsked(DomainError):
    code = "mentor_asked"
    sentence = "已于 {when} 请{mentor}说明，现在是“{state}”。"


class NothingToExplain(DomainError):
    code = "nothing_to_explain"
    sentence = "这份课件目前没有需要您说明的事项。"


class PairDecided(DomainError):
    """Somebody else was first; the sentence says who and what."""

    code = "pair_decided"
    sentence = "{who}已于 {when} 认定为“{state}”（{reason}）。请刷新后再看。"


class MentorNotHeard(DomainError):
    code = "mentor_not_heard"
    sentence = "{until}才能认定抄袭。"


class NotAttended(DomainError):
    code = "class_not_attended"
    sentence = "没有您参加“{title}”的签到记录，不能评价。当时在场请联系工作人员补登记。"


class ClassNotOver(DomainError):
    code = "class_not_over"
    sentence = "“{title}”还没有结束，{ends} 下课后再来评价。"


class FeedbackClosed(DomainError):
    code = "feedback_closed"
    sentence = "课后 {days} 天内可以评价，“{title}”已超过时间。"


class FeedbackGiven(DomainError):
    code = "feedback_given"
    sentence = "{name}已对这堂课作出评价，不能撤销签到。"


class QuestionnaireExists(DomainError):
    code = "questionnaire_exists"
    sentence = "{year} 年的问卷已经有了，请直接修改那一份。"


class WordsMissing(DomainError):
    """``what`` is what was to be written: 回复 or 办理结果."""

    code = "words_missing"
    sentence = "请写明{what}，评价人会看到。"


class CaseReplied(DomainError):
    code = "case_replied"
    sentence = "{who}已于 {when} 回复过这条评价。"


class CaseNotReplied(DomainError):
    code = "case_not_replied"
    sentence = "请先回复评价人，再办结。"


class CaseSettled(DomainError):
    code = "case_settled"
    sentence = "{who}已于 {when} 办结这条评价。"


class NothingToFollowUp(DomainError):
    code = "nothing_to_follow_up"
    sentence = "工作人员回复您的不满意评价之后，才能追加评价。"
