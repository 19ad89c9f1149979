"""Words for the foot of the pages, where staff have set none."""

from constance import config

WORDS = {
    "TELEPHONE": "0731-0000 0000（演示）",
    "ADDRESS": "湖南省长沙市雨花区人才路 1 号（演示）",
    "SITE_CODE": "4300000000（演示）",
    "ICP": "湘ICP备00000000号（演示）",
    "POLICE": "湘公网安备43000000000000号（演示）",
    "CONSULT_PLACE": "长沙市雨花区人才路 1 号，中心一楼咨询室（演示）",
    "CONSULT_HOURS": "周一至周五 9:00–17:00",
}


def ensure_words() -> None:
    """Fill in what is empty."""
    for name, text in WORDS.items():
        if not getattr(config, name):
            setattr(config, name, text)
