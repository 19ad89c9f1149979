"""How satisfied somebody was (满意度), in the five levels of 好差评."""

from django.db import models


class Satisfaction(models.IntegerChoices):
    """From the best to the worst, as people are shown them."""

    VERY_GOOD = 5, "非常满意"
    GOOD = 4, "满意"
    FAIR = 3, "基本满意"
    POOR = 2, "不满意"
    VERY_POOR = 1, "非常不满意"
