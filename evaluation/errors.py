"""Every way in which the 两优 say no."""

from mentor_portal.errors import DomainError


class YearExists(DomainError):
    code = "year_exists"
    sentence = "{year} 年度已经建立，请打开它来修改。"


class YearTooFar(DomainError):
    code = "year_too_far"
    sentence = "{year} 年度还早，最多提前一年建立。"


class YearNotOpen(DomainError):
    code = "year_not_open"
    sentence = "{year} 年度还没有建立评选，请先在“评选年度”里建立。"


class StageMoved(DomainError):
    code = "stage_moved"
    sentence = "{year} 年度已经进入“{stage}”阶段，请刷新页面再看。"


class StageNotReady(DomainError):
    code = "stage_not_ready"
    sentence = "还不能进入下一阶段：{lacks}"


class StageHasDoubts(DomainError):
    code = "stage_has_doubts"
    sentence = "进入下一阶段前请先看过这些情况并勾选确认：{lacks}"


class StageNotReopenable(DomainError):
    code = "stage_not_reopenable"
    sentence = "“{stage}”阶段不能退回到“{wanted}”。公示之后的更正请重新计算并更换结果。"


class ReopeningUnexplained(DomainError):
    code = "reopening_unexplained"
    sentence = "请写明退回的理由，会记入年度步骤。"


class BonusRefusalUnexplained(DomainError):
    code = "bonus_refusal_unexplained"
    sentence = "请写明不予认定的理由。"


class BonusTwice(DomainError):
    code = "bonus_twice"
    sentence = "{mentor} 的“{title}”（{held_on}）已经录入过。"


class BonusInFuture(DomainError):
    code = "bonus_in_future"
    sentence = "活动日期还没有到，请活动结束后再录入。"


class RunNotStartable(DomainError):
    code = "run_not_startable"
    sentence = "“{stage}”阶段不能计算排名；请先结束评审，进入“计算”阶段。"


class RunEnded(DomainError):
    code = "run_ended"
    sentence = "这次计算现在是“{state}”，不用再取消。"


class RunNotDone(DomainError):
    code = "run_not_done"
    sentence = "这次计算还没有完成，不能作为年度结果。"


class RunNotExportable(DomainError):
    code = "run_not_exportable"
    sentence = "这次计算现在是“{state}”，没有可以导出的结果；请在计算完成后再导出，或重新计算。"


class RunTooOld(DomainError):
    code = "run_too_old"
    sentence = "这次计算早于评审结束，没有包含全部评分。请重新计算后再选定。"


class ResultNotChosenNow(DomainError):
    code = "result_not_chosen_now"
    sentence = "只有在“复核”和“公示”阶段才能选定结果，现在是“{stage}”阶段。"


class CorrectionUnexplained(DomainError):
    code = "correction_unexplained"
    sentence = "公示期间更换结果，请写明理由；公示会重新计满 {days} 个工作日。"


class ObjectionsClosed(DomainError):
    code = "objections_closed"
    sentence = "现在不在公示期内，不能提出异议。如有问题请直接联系中心。"


class ObjectionIncomplete(DomainError):
    code = "objection_incomplete"
    sentence = "请填写姓名、联系电话和异议内容。"


class TooManyObjections(DomainError):
    code = "too_many_objections"
    sentence = "您还有 {most} 条异议正在处理，请等答复后再提出。"


class ObjectionAnswered(DomainError):
    code = "objection_answered"
    sentence = "这条异议已经答复过。"


class AnswerIncomplete(DomainError):
    code = "answer_incomplete"
    sentence = "请选择处理结果，并写明答复内容。"


class PanelClosed(DomainError):
    code = "panel_closed"
    sentence = "{year} 年度现在是“{stage}”阶段，评审团和参评课件不能再改动。"


class CoursewareNotOwn(DomainError):
    code = "courseware_not_own"
    sentence = "只能推荐自己的课件。"


class CoursewareUnfit(DomainError):
    code = "courseware_unfit"
    sentence = "“{courseware}”不能参评：{why}"


class NominationDeclined(DomainError):
    code = "nomination_declined"
    sentence = "这件课件已决定不参评：{reason}。如有疑问请联系中心。"


class NominationDecided(DomainError):
    code = "nomination_decided"
    sentence = "这件课件现在是“{state}”，不能再这样办理，请刷新页面再看。"


class DeclineUnexplained(DomainError):
    code = "decline_unexplained"
    sentence = "请写明不参评的理由，会告知导师。"


class EntryJudged(DomainError):
    code = "entry_judged"
    sentence = "这件课件已有评审专家打分，不能再改为不参评。"


class NotAJudge(DomainError):
    code = "not_a_judge"
    sentence = "{person} 不是评审专家，请先在“人员”里设为评审专家。"


class JudgeWithoutEmployer(DomainError):
    code = "judge_without_employer"
    sentence = "请填写 {person} 的工作单位，同单位的回避按它判断。"


class JudgeHasSubmitted(DomainError):
    code = "judge_has_submitted"
    sentence = "{person} 已经提交过评分表，不能移出评审团。"


class NothingToNudge(DomainError):
    code = "nothing_to_nudge"
    sentence = "{year} 年度不在评审阶段，不用催办。"


class JudgingClosed(DomainError):
    code = "judging_closed"
    sentence = "{year} 年度现在是“{stage}”阶段，评分表只能在“评审”阶段填写，这次的修改没有保存。"


class SheetNotOwn(DomainError):
    code = "sheet_not_own"
    sentence = "这份评分表不在您名下，可能已经收回。请回到评审列表再看。"


class SheetLocked(DomainError):
    code = "sheet_locked"
    sentence = "这份评分表{state}，不能再修改。需要更正时请联系中心退回。"


class SheetChanged(DomainError):
    code = "sheet_changed"
    sentence = "这份评分表已在另一个窗口改过，这次的修改还没有保存。请核对不同的地方，选定后再保存。"


class PointsOutside(DomainError):
    """``rows`` names the rows (keys of rubric items) whose points may not be given."""

    code = "points_outside"
    sentence = "{names}的分数不能这样填：请填 0 到该项分值之间的数，0.5 分一档。"


class SheetIncomplete(DomainError):
    """``rows`` names the rows (keys of rubric items) without points."""

    code = "sheet_incomplete"
    sentence = "还有 {count} 项没有打分：{names}。请补全后再提交。"


class SheetConflicts(DomainError):
    code = "sheet_conflicts"
    sentence = "按规定您不能评这一份（{why}），请在本页下方申请回避。"


class RecusalUnexplained(DomainError):
    code = "recusal_unexplained"
    sentence = "请写明回避的理由，只有工作人员能看到。"


class ReturnUnexplained(DomainError):
    code = "return_unexplained"
    sentence = "请写明退回的理由，评审专家会据此修改。"


class SheetNotReturnable(DomainError):
    code = "sheet_not_returnable"
    sentence = "这份评分表现在是“{state}”，只有已提交的才能退回。"
