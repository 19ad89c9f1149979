"""The ways out: a text message by the carrier of the settings, an e-mail by Django's backend."""

from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage

from mentor_portal.accounts import sms
from mentor_portal.accounts.sms import SmsResult
from mentor_portal.notifications.models import Delivery


def carry(delivery: Delivery) -> SmsResult:
    """Hand a delivery to its carrier; what the carrier's library raises comes through."""
    if delivery.channel == Delivery.Channel.SMS:
        return _text(delivery)
    return _mail(delivery)


def _text(delivery: Delivery) -> SmsResult:
    """Send the words that fill the carrier's own template, and the whole text for carriers without."""
    message = delivery.message
    params = {**message.words, "text": message.body}
    return sms.backend().send(delivery.target, message.kind, params, delivery.ref)


def _mail(delivery: Delivery) -> SmsResult:
    """The Message-ID is the same for every try, by which mail servers know a second copy."""
    message_id = f"<{delivery.ref}@{_own_domain()}>"
    mail = EmailMessage(
        delivery.message.title,
        delivery.message.body,
        to=[delivery.target],
        headers={"Message-ID": message_id},
    )
    return SmsResult(is_accepted=bool(mail.send()), carrier_id=message_id, reason="邮件服务器未接收")


def _own_domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
