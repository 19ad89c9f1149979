"""What the portal tells mentors and host units about classes, until staff write it otherwise."""

from enum import StrEnum

from mentor_portal.notifications.kinds import MessageKind


class Kind(StrEnum):
    """The kinds of messages that this app brings."""

    TOPIC_APPROVED = "topic_approved"
    TOPIC_RETURNED = "topic_returned"
    TOPIC_REJECTED = "topic_rejected"
    PLACEMENT_PROPOSED = "placement_proposed"
    CLASS_PUBLISHED = "class_published"
    CLASS_MOVED = "class_moved"
    CLASS_CANCELLED = "class_cancelled"
    MOVE_REFUSED = "move_refused"
    WISH_ANSWERED = "wish_answered"
    COURSEWARE_MISSING = "courseware_missing"
    COURSEWARE_ASKED = "courseware_asked"
    PLAGIARISM_DISMISSED = "plagiarism_dismissed"
    PLAGIARISM_CONFIRMED = "plagiarism_confirmed"
    FEEDBACK_ASKED = "feedback_asked"
    RATING_REPLIED = "rating_replied"
    RATING_SETTLED = "rating_settled"


TOPIC = {"topic": ("主题", "轨道交通装备企业怎么面"), "comment": ("审核意见", "请补充适合人群")}
CLASS = {
    "class": ("课堂标题", "轨道交通装备企业怎么面"),
    "when": ("课堂时间", "3月12日（周四）14:30–16:00"),
    "place": ("地点", "长沙 · 中心二楼课堂"),
}
CLASS_WITH_NOTE = {**CLASS, "note": ("原因", "与大型招聘会冲突")}
COURSEWARE = {"courseware": ("课件标题", "轨道交通装备企业怎么面")}
VERDICT = {**COURSEWARE, "reason": ("认定理由", "引用部分已注明出处")}

CLASS_MESSAGES = (
    MessageKind(
        key=Kind.TOPIC_APPROVED,
        name="申报通过",
        title="主题申报已通过",
        body="您申报的“{topic}”已通过审核，排课后会请您确认时间和地点。",
        words=TOPIC,
        by_sms=True,
    ),
    MessageKind(
        key=Kind.TOPIC_RETURNED,
        name="申报退回修改",
        title="主题申报请修改",
        body="您申报的“{topic}”需要修改：{comment}。改好后请重新提交。",
        words=TOPIC,
        by_sms=True,
    ),
    MessageKind(
        key=Kind.TOPIC_REJECTED,
        name="申报未通过",
        title="主题申报未通过",
        body="您申报的“{topic}”未通过审核：{comment}。欢迎申报其他主题。",
        words=TOPIC,
    ),
    MessageKind(
        key=Kind.PLACEMENT_PROPOSED,
        name="课堂安排待导师确认",
        title="请确认课堂安排",
        body="“{class}”拟安排在{when}，{place}。请在工作台接受；时间不合适请说明原因。",
        words=CLASS,
        by_sms=True,
    ),
    MessageKind(
        key=Kind.CLASS_PUBLISHED,
        name="课堂已发布（导师）",
        title="您的课堂已发布",
        body="“{class}”已发布：{when}，{place}。求职者可以预约了。",
        words=CLASS,
    ),
    MessageKind(
        key=Kind.CLASS_MOVED,
        name="课堂调整（导师）",
        title="您的课堂有调整",
        body="“{class}”已调整为：{when}，{place}。",
        words=CLASS,
        by_sms=True,
    ),
    MessageKind(
        key=Kind.CLASS_CANCELLED,
        name="课堂取消（导师）",
        title="您的课堂已取消",
        body="“{class}”（{when}）已取消：{note}。",
        words=CLASS_WITH_NOTE,
        by_sms=True,
    ),
    MessageKind(
        key=Kind.MOVE_REFUSED,
        name="调课申请未调整",
        title="调课申请的答复",
        body="“{class}”（{when}）未能调整：{comment}。",
        words={"class": CLASS["class"], "when": CLASS["when"], "comment": ("答复", "其他时段场地已满")},
    ),
    MessageKind(
        key=Kind.WISH_ANSWERED,
        name="活动课堂需求的答复",
        title="课堂需求有答复了",
        body="“{event}”的课堂需求：{answer}",
        words={"event": ("活动", "春季专场招聘会"), "answer": ("答复", "已安排课堂，详见课表。")},
    ),
    MessageKind(
        key=Kind.COURSEWARE_MISSING,
        name="请上传课件",
        title="请上传课件",
        body="“{class}”（{when}）还没有课件。请在工作台上传，可以选择给谁看。",
        words={"class": CLASS["class"], "when": CLASS["when"]},
        icon="edit",
    ),
    MessageKind(
        key=Kind.COURSEWARE_ASKED,
        name="请说明课件相似的原因",
        title="请说明课件相似的原因",
        body="您的课件“{courseware}”与较早的一份相似：{question} 请在{until}前说明，之后由中心认定。",
        words={
            **COURSEWARE,
            "question": ("工作人员的问题", "第三部分与他人课件相同，请说明来源。"),
            "until": ("说明截止", "3月12日 24:00"),
        },
        by_sms=True,
        icon="alert",
    ),
    MessageKind(
        key=Kind.PLAGIARISM_DISMISSED,
        name="课件不构成抄袭",
        title="课件核查结束",
        body="您的课件“{courseware}”经核查不构成抄袭：{reason}。",
        words=VERDICT,
        icon="check-circle",
    ),
    MessageKind(
        key=Kind.PLAGIARISM_CONFIRMED,
        name="课件认定为抄袭",
        title="课件认定为抄袭",
        body="您的课件“{courseware}”经核查认定为抄袭：{reason}。如有异议请联系省中心。",
        words=VERDICT,
        by_sms=True,
        icon="alert",
    ),
    MessageKind(
        key=Kind.FEEDBACK_ASKED,
        name="课后请评价",
        title="请评价这堂课",
        body="“{class}”（{when}）已结束，请在 {until} 前评价，两下就好；问卷匿名。",
        words={"class": CLASS["class"], "when": CLASS["when"], "until": ("截止日期", "4月11日（周六）")},
    ),
    MessageKind(
        key=Kind.RATING_REPLIED,
        name="差评的回复",
        title="您的评价有回复了",
        body="您对“{class}”的评价，工作人员回复：{note}",
        words={"class": CLASS["class"], "note": ("回复", "谢谢您的意见，我们已转告导师改进案例。")},
        by_sms=True,
    ),
    MessageKind(
        key=Kind.RATING_SETTLED,
        name="差评已办结",
        title="您反映的问题已办结",
        body="您对“{class}”的评价已办结：{note} 欢迎追加一次评价。",
        words={"class": CLASS["class"], "note": ("办理结果", "下一期起每堂课留二十分钟提问。")},
        by_sms=True,
    ),
)
