"""What a booking asks of a person."""

from typing import Any

from mentor_portal.accounts.forms import NameField, PortalForm
from mentor_portal.accounts.models import User


class BookingForm(PortalForm):
    """Asks for the name at the first booking, and for nothing afterwards."""

    name = NameField(help_text="仅用于现场核对预约。")

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if person.name:
            del self.fields["name"]
