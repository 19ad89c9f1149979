"""Carriers of text messages that misbehave, for the tests."""

from mentor_portal.accounts.sms import SmsResult


class RefusingBackend:
    def send(self, phone: str, kind: str, params: dict[str, str], ref: str) -> SmsResult:
        return SmsResult(is_accepted=False, reason="余额不足")
