"""The demo's pairings (结对帮扶): in every state, two claims for one job among them, told by the services."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw

from consultations import services
from consultations.models import Pairing, PairingContact, Placement
from mentor_portal.accounts.models import User
from mentor_portal.home.demo.classes import Cast
from mentor_portal.home.demo.people import SEEKER
from mentor_portal.notifications.models import Message
from mentor_portal.notifications.services import mark_read
from mentors.models import Mentor

DAY = timedelta(days=1)
SHEET = (620, 877)

Means = PairingContact.Means
# Days after the pairing was accepted, by what means, and what the mentor noted.
CONTACTS = (
    (1, Means.PHONE, "简历重点不突出，先改项目经历；每周三晚上方便接电话。"),
    (6, Means.WECHAT, "发来第二版简历，已推荐给两家企业。"),
    (13, Means.MEETING, "模拟面试一次，回答问题偏短，已约下次再练。"),
)


@dataclass(frozen=True, kw_only=True)
class Story:
    """A pairing as it is told: between whom (places in the cast, or the sign-in), and how far it came."""

    mentor: int
    seeker: int | None
    goal: str
    days_ago: int
    contacts: int = 0
    end: str = ""
    kind: Placement.Kind = Placement.Kind.JOB
    name: str = ""
    reason: str = ""


JOB, BUSINESS = Placement.Kind.JOB, Placement.Kind.BUSINESS
STORIES = (
    # What the sign-in of a job seeker finds: one to answer, one under way, one outcome to confirm.
    Story(mentor=3, seeker=None, goal="转岗做数据标注，两个月内拿到第一份合同", days_ago=1, end="proposed"),
    Story(mentor=0, seeker=None, goal="三个月内找到装备企业的质检岗位", days_ago=20, contacts=3),
    Story(
        mentor=5,
        seeker=None,
        goal="先找一份实习，熟悉新材料行业",
        days_ago=30,
        contacts=2,
        end="claimed",
        name="湖南博云新材料股份有限公司",
    ),
    # What the sign-in of a mentor finds: one in every state.
    Story(mentor=0, seeker=10, goal="半年内进入工程机械企业做售后工程师", days_ago=2, end="proposed"),
    Story(
        mentor=0,
        seeker=11,
        goal="从车间转到工艺岗位",
        days_ago=28,
        contacts=3,
        end="returned",
        name="中联重科股份有限公司",
        reason="合同缺盖章页，请补一张照片",
    ),
    Story(
        mentor=0,
        seeker=12,
        goal="找到离家近的装配岗位",
        days_ago=26,
        contacts=2,
        end="claimed",
        name="山河智能装备股份有限公司",
    ),
    Story(
        mentor=0,
        seeker=13,
        goal="应届毕业前签下三方协议",
        days_ago=35,
        contacts=3,
        end="confirmed",
        name="三一重工股份有限公司",
    ),
    Story(
        mentor=0,
        seeker=14,
        goal="补上机电一体化的短板后求职",
        days_ago=50,
        contacts=3,
        end="verified",
        name="铁建重工集团股份有限公司",
    ),
    Story(
        mentor=0,
        seeker=15,
        goal="开一家农机维修店，先办好手续",
        days_ago=55,
        contacts=3,
        end="verified",
        kind=BUSINESS,
        name="浏阳市顺达农机维修店",
    ),
    Story(
        mentor=0,
        seeker=16,
        goal="三个月内找到焊接岗位",
        days_ago=58,
        contacts=2,
        end="unsuccessful",
        reason="投了十多家没有合适的，先去参加技能培训",
    ),
    Story(
        mentor=0,
        seeker=17,
        goal="改行做销售工程师",
        days_ago=40,
        contacts=1,
        end="stopped",
        reason="求职者随家人去了外省",
    ),
    Story(
        mentor=0,
        seeker=18,
        goal="准备铁路局招聘考试",
        days_ago=9,
        end="declined",
        reason="已经找到工作，谢谢老师",
    ),
    # What waits for staff: the same job claimed by a second mentor, and one that was refused before.
    Story(
        mentor=7,
        seeker=13,
        goal="帮助修改简历，推荐企业",
        days_ago=32,
        contacts=1,
        end="confirmed",
        name="三一重工",
    ),
    Story(
        mentor=8,
        seeker=19,
        goal="找到电池企业的品控岗位",
        days_ago=33,
        contacts=2,
        end="confirmed",
        name="湖南杉杉能源科技有限公司",
    ),
    Story(
        mentor=9,
        seeker=20,
        goal="年底前稳定就业",
        days_ago=45,
        contacts=1,
        end="refused",
        name="某劳务公司",
        reason="单位表示没有录用，证明与实际不符",
    ),
)


class _Teller:
    """With whom the pairings are told, at one moment."""

    def __init__(self, cast: Cast, at: datetime, staff: User) -> None:
        self.cast, self.at, self.staff = cast, at, staff
        self.people = User.objects.in_bulk(cast.seekers)
        self.seeker = User.objects.get(phone=SEEKER)

    def person(self, place: int | None) -> User:
        return self.seeker if place is None else self.people[self.cast.seekers[place]]


def ensure_pairings(cast: Cast, at: datetime, staff: User) -> None:
    """Tell the stories where there are none yet."""
    if Pairing.objects.exists():
        return
    teller = _Teller(cast, at, staff)
    for story in STORIES:
        _tell(teller, story)


def _tell(teller: _Teller, story: Story) -> None:
    """Let a pairing come as far as its story goes, each step some days after the one before."""
    mentor, seeker = teller.cast.mentors[story.mentor], teller.person(story.seeker)
    begun = teller.at - story.days_ago * DAY
    pairing = services.propose_pairing(
        mentor=mentor, job_seeker=seeker, goal=story.goal, by=mentor.user, at=begun
    )
    if story.end == "proposed":
        return
    answered = begun + DAY / 24
    if story.end == "declined":
        services.decline_pairing(pairing=pairing, by=seeker, at=answered, reason=story.reason)
        return
    services.accept_pairing(pairing=pairing, by=seeker, at=answered)
    _read(seeker, pairing, answered)
    for days, means, note in CONTACTS[: story.contacts]:
        moment = answered + days * DAY
        services.log_contact(
            pairing=pairing, contacted_on=_day_of(moment), means=means, note=note, by=mentor.user, at=moment
        )
    _end(teller, story, pairing, mentor, seeker)


def _end(teller: _Teller, story: Story, pairing: Pairing, mentor: Mentor, seeker: User) -> None:
    """The last steps lie within the last four days, and never before the last contact."""
    last = teller.at - 4 * DAY
    _read(mentor.user, pairing, last)
    if story.name:
        _claim(story, pairing, mentor, last)
    if story.end in ("confirmed", "verified", "returned", "refused"):
        services.confirm_outcome(pairing=pairing, by=seeker, at=last + DAY)
    of_staff = {"pairing": pairing, "by": teller.staff, "at": last + 2 * DAY}
    match story.end:
        case "verified":
            services.verify_placement(**of_staff)
        case "returned":
            services.return_placement(**of_staff, reason=story.reason)
        case "refused":
            services.refuse_placement(**of_staff, reason=story.reason)
        case "unsuccessful":
            services.end_unsuccessful(pairing=pairing, by=mentor.user, at=last, reason=story.reason)
        case "stopped":
            services.stop_pairing(pairing=pairing, by=seeker, at=last, reason=story.reason)


def _claim(story: Story, pairing: Pairing, mentor: Mentor, at: datetime) -> None:
    """Work began on the first of the month where the pairing is old enough, else on the day of the claim."""
    first = _day_of(at).replace(day=1)
    started_on = first if first >= pairing.paired_on else _day_of(at)
    outcome = services.Outcome(
        kind=story.kind, name=story.name, started_on=started_on, proof=_proof(story.kind)
    )
    services.claim_outcome(pairing=pairing, outcome=outcome, by=mentor.user, at=at)


def _proof(kind: Placement.Kind) -> ContentFile:
    """A drawn sheet that says that it is of the demo."""
    sheet = Image.new("RGB", SHEET, "white")
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((24, 24, SHEET[0] - 24, SHEET[1] - 24), outline="#135fa6", width=3)
    for line in range(8):
        pen.line((80, 200 + 56 * line, SHEET[0] - 80, 200 + 56 * line), fill="#dce3ea", width=2)
    pen.text((SHEET[0] // 2, 110), "DEMO", fill="#b8341f", font_size=48, anchor="mm")
    kept = BytesIO()
    sheet.save(kept, "PNG")
    name = "营业执照（演示）.png" if kind == BUSINESS else "劳动合同（演示）.png"
    return ContentFile(kept.getvalue(), name=name)


def _read(person: User, pairing: Pairing, at: datetime) -> None:
    """Note that somebody has read what was said of a pairing so far."""
    about = Message.objects.of(person).unread().filter(path=pairing.get_absolute_url())
    for message in about:
        mark_read(message=message, at=at)


def _day_of(moment: datetime) -> date:
    return timezone.localtime(moment).date()
