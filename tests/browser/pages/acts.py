"""What must be done on a page before it is looked at."""

from tests.browser.visitor import Visitor
from tests.scene import PASSWORD


def repeat_weekly(visitor: Visitor) -> None:
    visitor.page.get_by_label("每周重复").check()
    visitor.sees("共 4 次")
    visitor.page.locator("input[name=exceptions]").nth(1).check()


def end_before_the_start(visitor: Visitor) -> None:
    visitor.page.get_by_label("开始", exact=True).fill("09:00")
    visitor.page.get_by_label("结束", exact=True).fill("06:00")
    visitor.tap_button("提交申报")
    visitor.sees("结束时间须晚于开始时间。")


def submit_nothing(visitor: Visitor) -> None:
    visitor.tap_button("提交")
    visitor.sees("请打分。")


def rate_nothing(visitor: Visitor) -> None:
    visitor.button("提交评价").click()
    visitor.sees("请选择满意度。")


def note_nothing(visitor: Visitor) -> None:
    visitor.tap_button("保存记录")
    visitor.sees("请选择咨询结果。")


def ask_for_too_many_seats(visitor: Visitor) -> None:
    visitor.page.get_by_label("名额").fill("4000")
    visitor.page.get_by_role("button", name="排课", exact=True).click()
    visitor.sees("名额不能多于")


def return_without_a_word(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="退回修改").click()
    visitor.sees("请写明原因，导师会据此修改。")


def reject_what_is_listed(visitor: Visitor) -> None:
    visitor.page.locator("input.action-select").first.check()
    visitor.page.locator("select[name=action]").select_option("reject")
    visitor.page.locator("button[name=index]").first.click()
    visitor.sees("个主题将设为“不通过”")


def send_an_empty_form(visitor: Visitor) -> None:
    visitor.tap_button("获取验证码")
    visitor.sees("请先阅读并同意《隐私政策》。")


def ask_for_a_code(visitor: Visitor) -> None:
    visitor.page.get_by_label("手机号").fill(visitor.number)
    visitor.page.get_by_role("checkbox").check()
    visitor.tap_button("获取验证码")
    visitor.comes_to("/sign-in/code/")


def give_a_wrong_code(visitor: Visitor) -> None:
    visitor.page.get_by_label("验证码").fill("12345")
    visitor.page.get_by_role("button", name="登录", exact=True).click()
    visitor.sees("请填写 6 位数字验证码。")


def give_a_wrong_password(visitor: Visitor) -> None:
    visitor.page.locator("input[name=login]").fill("13700000006")
    visitor.page.locator("input[name=password]").fill(PASSWORD[::-1])
    visitor.page.get_by_role("button", name="登录", exact=True).click()
    visitor.page.wait_for_load_state()


def send_an_empty_topic(visitor: Visitor) -> None:
    visitor.tap_button("提交申报")
    visitor.sees("请填写主题。")


def send_an_empty_report(visitor: Visitor) -> None:
    visitor.tap_button("提交报告")
    visitor.sees("还差 800 字。")


def object_to_nothing(visitor: Visitor) -> None:
    visitor.tap_button("提交异议")
    visitor.sees("请写明异议内容。")


def upload_nothing(visitor: Visitor) -> None:
    visitor.tap_button("上传课件")
    visitor.sees("请选择要上传的文件。")


def ask_nothing(visitor: Visitor) -> None:
    visitor.tap_button("确认预约")
    visitor.sees("请用一句话写明想咨询什么。")


def unfold_everything(visitor: Visitor) -> None:
    folded = visitor.page.locator("details:not([open]) > summary")
    while folded.count():
        folded.first.click()


def dispute_without_a_reason(visitor: Visitor) -> None:
    visitor.page.get_by_text("有误，写明哪里不对").click()
    visitor.tap_button("退回给导师")
    visitor.sees("请写明哪里有误，导师据此核对。")


def log_an_empty_contact(visitor: Visitor) -> None:
    visitor.page.get_by_text("登记一次联系").click()
    visitor.page.get_by_label("联系日期").fill("")
    visitor.page.get_by_role("button", name="登记", exact=True).click()
    visitor.sees("请选择联系日期。")


def report_nothing(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="上报", exact=True).click()
    visitor.sees("请上传证明材料")


def verify_without_looking(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="认定", exact=True).click()
    visitor.sees("请对照后勾选")


def decline_without_a_reason(visitor: Visitor) -> None:
    visitor.page.get_by_text("不接受，说明原因").click()
    visitor.tap_button("不接受这个安排")
    visitor.sees("请写明原因，工作人员据此另行安排。")


def note_nobody(visitor: Visitor) -> None:
    visitor.tap_button("登记到场")
    visitor.sees("请填写来人的姓名。")


def move_a_class(visitor: Visitor) -> None:
    visitor.page.locator("input[name=starts_at_1]").fill("08:00")
    visitor.page.locator("input[name=ends_at_1]").fill("09:00")
    visitor.page.locator("[name=_save]").click()
    visitor.sees("保存后将通知：")


def open_the_sheet(visitor: Visitor) -> None:
    visitor.tap_link("立即预约")
    visitor.page.locator("dialog[open] form").wait_for()


def open_a_filter(visitor: Visitor) -> None:
    visitor.page.locator("details[data-filter] summary").first.click()
