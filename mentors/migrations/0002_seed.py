"""The categories and chains of notice 三（一）, and the topic types of notice 三（二）1, word by word."""

from django.db import migrations

CATEGORIES = [
    ("machinery", "机械制造类", True),
    ("materials", "新材料类", True),
    ("energy", "新能源与环保类", True),
    ("electronics", "电子信息类", True),
    ("construction", "建筑类", True),
    ("biomedicine", "生物医药类", True),
    ("business", "商务与服务类", False),
    ("culture", "文化旅游类", False),
    ("administration", "行政管理类", False),
]

CHAINS = [
    ("机械制造类", "rail-transit", "先进轨道交通装备(含磁浮)产业链"),
    ("机械制造类", "construction-machinery", "工程机械产业链"),
    ("机械制造类", "agricultural-machinery", "农业机械产业链"),
    ("新材料类", "light-alloys", "新型轻合金产业链"),
    ("新材料类", "chemical-materials", "化工新材料产业链"),
    ("新材料类", "carbon-materials", "碳基材料产业链"),
    ("新材料类", "display-materials", "显示功能材料产业链"),
    ("新材料类", "advanced-ceramics", "先进陶瓷材料产业链"),
    ("新材料类", "hard-materials", "先进硬质材料产业链"),
    ("新能源与环保类", "energy-storage-ev", "先进储能材料及电动汽车产业链"),
    ("新能源与环保类", "new-energy-equipment", "新能源装备产业链"),
    ("新能源与环保类", "air-treatment", "空气治理技术及应用产业链"),
    ("电子信息类", "power-devices", "IGBT大功率器件产业链"),
    ("电子信息类", "ai-sensors", "人工智能及传感器产业链"),
    ("电子信息类", "secure-computing", "自主可控计算机及信息安全产业链"),
    ("电子信息类", "aerospace", "航空航天(含北斗)产业链"),
    ("电子信息类", "printing-robotics", "3D打印及机器人产业链"),
    ("建筑类", "prefabricated-building", "装配式建筑产业链"),
    ("生物医药类", "gene-technology", "基因技术及应用产业链"),
    ("生物医药类", "chinese-medicine", "中药产业链"),
]

TOPIC_TYPES = [
    ("policy", "政策宣讲"),
    ("career", "职业指导"),
    ("startup", "创业指导"),
    ("resume", "简历制作"),
    ("interview", "面试技巧"),
    ("other", "其他"),
]


def sow(apps, schema_editor):
    """Add what is missing, by name; what staff changed since stays as it is."""
    category_model = apps.get_model("mentors", "Category")
    chain_model = apps.get_model("mentors", "IndustrialChain")
    type_model = apps.get_model("mentors", "TopicType")
    categories = {}
    for position, (slug, name, is_industrial) in enumerate(CATEGORIES, start=1):
        categories[name], _ = category_model.objects.get_or_create(
            name=name,
            defaults={"slug": slug, "position": position, "is_industrial": is_industrial},
        )
    for position, (category, slug, name) in enumerate(CHAINS, start=1):
        chain_model.objects.get_or_create(
            name=name,
            defaults={"slug": slug, "position": position, "category": categories[category]},
        )
    for position, (slug, name) in enumerate(TOPIC_TYPES, start=1):
        type_model.objects.get_or_create(name=name, defaults={"slug": slug, "position": position})


class Migration(migrations.Migration):
    dependencies = [("mentors", "0001_initial")]
    operations = [migrations.RunPython(sow, migrations.RunPython.noop)]
