"""What the portal's own seeds have named, looked up once."""

from mentors.models import Category, IndustrialChain, TopicType


class Vocabulary:
    """Categories, chains and topic types by slug."""

    def __init__(self) -> None:
        self.categories = {each.slug: each for each in Category.objects.all()}
        self.chains = {each.slug: each for each in IndustrialChain.objects.all()}
        self.topic_types = {each.slug: each for each in TopicType.objects.all()}
