"""Every way in which the 两优 say no."""

from mentor_portal.errors import DomainError


class YearExists(DomainError):
    code = "year_exists"
    sentence = "{year} 年度已经建立，请打开它来修改。"


class YearTooFar(DomainError):
    code = "year_too_far"
    sentence = "{year} 年度还早，最多提前一年建立。"
