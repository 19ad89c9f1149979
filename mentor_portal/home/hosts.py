"""The names of the sites that may show our widget, as staff write them down."""

import re

from django import forms

_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?:{_LABEL}\.)*{_LABEL}(?::[1-9][0-9]{{0,4}})?")
MOST = 50


def host_names(text: str) -> list[str]:
    """Return the host names in a text, one to a line or between commas, without what is none."""
    return [name for name in map(_plain, _written(text)) if _HOST.fullmatch(name)]


def no_host_names(text: str) -> list[str]:
    """Return what stands in the text and is no host name, as it was written."""
    return [each for each in _written(text) if not _HOST.fullmatch(_plain(each))]


class HostsField(forms.CharField):
    """Host names in a text; cleans to one in each line, in plain letters."""

    def clean(self, value: str) -> str:
        text = super().clean(value)
        if wrong := no_host_names(text):
            raise forms.ValidationError(
                f"“{wrong[0]}”不是域名。请只写域名，如 www.example.com，不带 http:// 和路径，每行一个。"
            )
        names = list(dict.fromkeys(host_names(text)))
        if len(names) > MOST:
            raise forms.ValidationError(f"最多 {MOST} 个域名。")
        return "\n".join(names)


def _written(text: str) -> list[str]:
    return [each for each in re.split(r"[\s,，;；、]+", text) if each]


def _plain(name: str) -> str:
    """Return a name as browsers send it: lower case, Chinese names in their ASCII form."""
    try:
        return name.casefold().encode("idna").decode()
    except UnicodeError:
        return name
