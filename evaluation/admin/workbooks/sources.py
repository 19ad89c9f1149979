"""Where the figures of a workbook are from: which run or year, exported by whom and when."""

from datetime import datetime

from django.utils import timezone

from evaluation.errors import RunNotExportable
from evaluation.models import EvaluationYear, RankingRun
from evaluation.rules.statement import Paragraph
from mentor_portal.accounts.models import User


def require_done(run: RankingRun) -> None:
    """Raise RunNotExportable where a run is not done: half a result is never shown."""
    if run.state != RankingRun.State.DONE:
        raise RunNotExportable(state=run.get_state_display())


def of_run(run: RankingRun, by: User, at: datetime) -> list[Paragraph]:
    use = "年度结果" if run.is_result else "不是年度结果，仅供核对"
    return [
        ("数据来源", f"{run}，{_when(run.ended_at)} 完成，参评导师 {run.mentor_count} 人。"),
        ("用途", f"{use}。"),
        ("输入校验值", run.digest),
        ("姓名、单位、产业链", "为导出时登记的；得分、名次和规则均为计算时的，之后的更正不改变本表。"),
        exported(by, at),
    ]


def of_year(year: EvaluationYear, by: User, at: datetime) -> list[Paragraph]:
    return [
        ("数据来源", f"{year}，现处于“{year.get_stage_display()}”阶段，按导出时已提交的评分表。"),
        exported(by, at),
    ]


def exported(by: User, at: datetime) -> Paragraph:
    return "导出", f"{by}，{_when(at)}。"


def _when(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")
