"""The provincial centre, the 14 prefectures' centres and the first privacy notice, by natural key."""

from datetime import date

from django.db import migrations

PROVINCE = "湖南省人力资源服务中心"
PREFECTURES = [
    ("4301", "长沙市"),
    ("4302", "株洲市"),
    ("4303", "湘潭市"),
    ("4304", "衡阳市"),
    ("4305", "邵阳市"),
    ("4306", "岳阳市"),
    ("4307", "常德市"),
    ("4308", "张家界市"),
    ("4309", "益阳市"),
    ("4310", "郴州市"),
    ("4311", "永州市"),
    ("4312", "怀化市"),
    ("4313", "娄底市"),
    ("4331", "湘西土家族苗族自治州"),
]
PRIVACY = """职业导师课堂由湖南省人力资源服务中心主办。我们只收集办成您所办之事必需的信息。

我们收集什么：登录时收集您的手机号或电子邮箱；第一次预约时收集您的姓名；您预约、候补、签到和取消的记录。浏览课堂与导师不需要登录，也不收集您的身份信息。

用来做什么：为您保留名额、在变更时通知您、现场核对预约、统计课堂的整体情况。不用于广告，也不用于与职业指导无关的用途。

谁能看到：您本人，以及承办该场活动、需要核对预约的工作人员。签到表和名单上的手机号只显示前三位和后四位。我们不向其他单位或个人提供您的信息，法律法规另有规定的除外。

保存多久：验证码记录保存三十天；预约记录保存到统计年度结束后三年，之后删除或者去除身份信息。

您的权利：您可以在“我的”中查看和更正姓名、手机号，取消未开始的预约；需要复制、删除个人信息或注销账号，请通过页面底部的联系电话与我们联系，我们在十五个工作日内答复。

本政策更新后，您下次登录时需要重新同意。"""


def seed(apps, schema_editor):
    HostUnit = apps.get_model("accounts", "HostUnit")
    HostUnit.objects.get_or_create(name=PROVINCE, defaults={"kind": "province", "prefecture": "4301"})
    for code, prefecture in PREFECTURES:
        HostUnit.objects.get_or_create(
            kind="prefecture",
            prefecture=code,
            defaults={"name": f"{prefecture}人力资源服务中心"},
        )
    PrivacyNotice = apps.get_model("accounts", "PrivacyNotice")
    PrivacyNotice.objects.get_or_create(
        version="1.0", defaults={"text": PRIVACY, "published_on": date(2026, 11, 1)}
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
