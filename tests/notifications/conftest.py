import pytest
from constance import config


@pytest.fixture
def no_quiet_hours(db: None) -> None:
    """Text messages go out at any hour, so that tests may run at night."""
    config.QUIET_FROM_HOUR = config.QUIET_UNTIL_HOUR = 8
