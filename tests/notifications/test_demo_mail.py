"""The demo keeps its mails as files."""

import os
import subprocess
import sys

from django.conf import settings

SEND = "from django.core.mail import send_mail; send_mail('题目', '正文', None, ['li@example.com'])"


def test_demo_writes_mails_below_its_own_folder(tmp_path):
    environment = {key: value for key, value in os.environ.items() if key != "EMAIL_URL"}
    environment |= {
        "DEMO": "1",
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/portal.sqlite3",
    }
    command = [sys.executable, "manage.py", "shell", "--no-imports", "--command", SEND]
    subprocess.run(command, env=environment, cwd=settings.BASE_DIR, check=True, timeout=60)
    [mail] = (tmp_path / "mail").iterdir()
    assert "li@example.com" in mail.read_text()
