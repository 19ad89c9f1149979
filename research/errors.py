"""Every way in which research says no, beside what the engine of places refuses."""

from mentor_portal.errors import DomainError


class MentorsOnly(DomainError):
    code = "mentors_only"
    sentence = "调研由在聘的职业导师报名参加。您若是导师，请联系省中心核对聘期。"


class SignUpClosed(DomainError):
    code = "sign_up_closed"
    sentence = "{title}报名已截止，欢迎报名以后的调研。"


class SignUpNotOpen(DomainError):
    code = "sign_up_not_open"
    sentence = "{title}将于{opens}开始报名，请到时再来。"


class MinimumTooLarge(DomainError):
    code = "minimum_too_large"
    sentence = "成行人数不能多于名额（{capacity} 人）。"


class InThePast(DomainError):
    code = "in_the_past"
    sentence = "开始时间已经过去，请选择以后的时间。"


class PlanEmpty(DomainError):
    code = "plan_empty"
    sentence = "{year} 年还没有调研主题，请先录入。"


class PlanPublished(DomainError):
    code = "plan_published"
    sentence = "{year} 年的调研方案已经发布，没有新的主题需要发布。"


class ThemeNotPublished(DomainError):
    code = "theme_not_published"
    sentence = "“{theme}”所在的年度方案还没有发布，请先发布方案，再发布这次调研。"


class ReportNotEditable(DomainError):
    code = "report_not_editable"
    sentence = "“{title}”现在是“{state}”，不能修改。"


class ReportChanged(DomainError):
    """Another window of the same author was first; what was typed here is still on the page."""

    code = "report_changed"
    sentence = "这份报告已在另一个窗口保存过新的内容，这里写的还没有保存。请对照后再存一次。"


class ReportIncomplete(DomainError):
    """``missing`` says in words what each field lacks (title, body)."""

    code = "report_incomplete"
    sentence = "{what}"


class TripNotAttended(DomainError):
    code = "trip_not_attended"
    sentence = "“{trip}”没有您到场的记录，不能写这次的集体调研报告。如有误请联系工作人员。"


class ReportNotWithdrawable(DomainError):
    code = "report_not_withdrawable"
    sentence = "“{title}”已通过审核，不能撤回。"


class CommentMissing(DomainError):
    code = "comment_missing"
    sentence = "请写明退回的原因，导师会据此修改。"


class ReportDecided(DomainError):
    """Somebody else was first; the sentence says who and what."""

    code = "report_decided"
    sentence = "{who}已于 {when} 将“{title}”处理为“{state}”{comment}。请刷新后再看。"


class ReportNotSubmitted(DomainError):
    code = "report_not_submitted"
    sentence = "“{title}”现在是“{state}”，不在审核中。"


class ReportResubmitted(DomainError):
    code = "report_resubmitted"
    sentence = "“{title}”在您查看之后由导师重新提交过，请看过新的内容再审核。"


class ReportNotAccepted(DomainError):
    code = "report_not_accepted"
    sentence = "“{title}”现在是“{state}”，通过审核后才能这样做。"


class TooManyFiles(DomainError):
    code = "too_many_files"
    sentence = "一份报告最多 {most} 个文件，“{name}”没有上传。"
