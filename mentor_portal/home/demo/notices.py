"""Three public notices, one of them with a small file made on the spot."""

from datetime import datetime, timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from openpyxl import Workbook

from mentor_portal.accounts.models import User
from mentor_portal.notifications.models import Notice
from mentor_portal.notifications.services import attach_file, publish_notice

PLAN = "关于开展职业导师课堂“进市场、进校园、进园区、进市州”活动的通知（演示）"
# Title, text, how many days ago it was published, whether it is pinned.
NOTICES = (
    (
        "职业导师课堂预约须知（演示）",
        "课堂全部免费，凭手机号预约，每人每堂一席。\n\n来不了请提前取消，把名额留给别人；约满可以候补，"
        "有名额时按先后顺序递补。\n\n没有预约也欢迎直接到场。",
        20,
        False,
    ),
    (
        "兼职职业导师聘任名单公示（演示）",
        "经推荐、评审，拟聘任一批兼职职业导师，名单见“找导师”栏目，公示期 5 个工作日。\n\n"
        "如有意见，请在公示期内向中心反映。",
        6,
        False,
    ),
    (
        PLAN,
        "各市州人力资源服务中心、各承办单位：\n\n为更好地服务求职者，本季度继续开展职业导师课堂“四进”活动，"
        "场次安排见附件，以课表公布的时间为准。\n\n请提前确认场地和设备，活动结束后及时登记到场人数。",
        2,
        True,
    ),
)
PROGRAMME = (
    ("形式", "地点", "主题方向"),
    ("进市场", "长沙", "简历制作、面试技巧"),
    ("进校园", "湘潭", "职业指导"),
    ("进园区", "株洲", "政策宣讲"),
    ("进市州", "怀化", "创业指导"),
)


def ensure_notices(at: datetime, by: User) -> None:
    """Publish the notices where there are none yet."""
    if Notice.objects.exists():
        return
    for title, body, days, is_pinned in NOTICES:
        notice = Notice.objects.create(title=title, body=body, is_pinned=is_pinned)
        if title == PLAN:
            attach_file(notice=notice, upload=_programme())
        publish_notice(notice=notice, by=by, at=at - timedelta(days=days))


def _programme() -> ContentFile:
    book = Workbook()
    book.active.title = "场次安排"
    for line in PROGRAMME:
        book.active.append(line)
    drawn = BytesIO()
    book.save(drawn)
    return ContentFile(drawn.getvalue(), name="四进活动场次安排.xlsx")
