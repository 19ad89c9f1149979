"""Made decks of Chinese text: many subjects, several authors of each, and copies that hide what they are.

Authors of one subject use the same words of the trade, the same turns of speech, and some of them quote
the same rule; the sentences are their own. Everything comes from a seed, so that two runs are alike.
"""

from dataclasses import dataclass
from random import Random

SUBJECTS = {
    "面试技巧": "自我介绍 结构化面试 群体讨论 岗位匹配 追问 行为事例 着装 眼神交流 压力提问 复盘 感谢信",
    "简历写作": "教育经历 项目成果 关键词 量化数据 排版 求职意向 自我评价 证书 实习经历 投递渠道 附件命名",
    "职业规划": "兴趣测评 能力清单 行业调研 短期目标 长期目标 岗位说明 决策平衡单 榜样访谈 成长路径 转岗",
    "薪酬谈判": "底薪 绩效奖金 年终奖 公积金 谈判区间 市场行情 期望薪资 涨薪机制 股权激励 补贴 报价时机",
    "劳动合同": "试用期 违约金 竞业限制 解除条件 经济补偿 社会保险 工时制度 加班费 服务期 仲裁时效 书面合同",
    "数控加工": "刀具补偿 工件坐标 进给速度 主轴转速 夹具 对刀 表面粗糙度 公差 程序调试 首件检验 切削液",
    "焊接工艺": "坡口 焊缝 预热 熔深 气孔 裂纹 焊条 保护气体 无损检测 焊接电流 变形控制 资格证书",
    "轨道交通": "转向架 牵引系统 制动试验 车体总装 线束 调试大纲 质量追溯 安全联锁 工位节拍 供应商 型式试验",
    "工程机械": "液压系统 泵车 挖掘机 结构件 涂装 装配线 售后服务 故障代码 配件库存 远程诊断 海外市场 试车",
    "电子信息": "贴片 回流焊 电路板 静电防护 功能测试 老化试验 来料检验 良率 工单 物料编码 防潮箱 追溯码",
    "软件开发": "需求分析 接口文档 单元测试 代码评审 版本管理 持续集成 缺陷跟踪 数据库 性能优化 上线发布",
    "新能源电池": "正极材料 电芯 化成 注液 隔膜 热失控 能量密度 循环寿命 极片 涂布 干燥房 回收利用",
    "生物医药": "洁净车间 批记录 质量标准 稳定性试验 无菌操作 偏差 变更控制 灭菌 标签 留样 验证方案 药品追溯",
    "食品加工": "原料验收 关键控制点 杀菌 包装 冷链 保质期 过敏原 感官检验 添加剂 留样 召回 车间卫生",
    "有色金属": "冶炼 电解 矿石品位 烟气处理 铸锭 轧制 余热利用 化验 尾矿 安全巡检 能耗 配料",
    "钢铁材料": "高炉 连铸 轧机 炉料 钢种 力学性能 脱硫 氧含量 探伤 节能降耗 板形 表面缺陷",
    "建筑施工": "施工组织 脚手架 混凝土 钢筋 图纸会审 隐蔽工程 安全交底 进度计划 材料进场 签证 验收 监理",
    "电子商务": "店铺 主图 转化率 直播间 选品 客服 退货率 关键词 推广费用 复购 物流 评价",
    "家政服务": "入户沟通 收纳 母婴护理 营养配餐 安全用电 服务合同 投诉处理 健康证 老人陪护 消毒 技能等级",
    "养老护理": "评估量表 翻身 压疮 鼻饲 康复训练 心理慰藉 跌倒 用药记录 照护计划 家属沟通 失智 急救",
    "物流管理": "仓位 拣货 条码 库存周转 装载率 路线 签收 损耗 叉车 盘点 承运商 时效",
    "创业指导": "商业计划书 目标客户 现金流 启动资金 场地 合伙人 营业执照 税务登记 创业担保贷款 市场验证",
    "政策解读": "社保补贴 一次性补贴 申领条件 办理材料 经办机构 失业登记 就业困难人员 公示 资金拨付 服务热线",
    "心理调适": "焦虑 情绪日记 睡眠 放松训练 自我对话 支持系统 求助渠道 期待落差 挫折 运动 边界 正念",
}
# What a sentence is built of: when, who, how, does what with a word of the trade, and what comes of it.
WHEN = (
    "去年秋天 入职半年后 准备阶段 临近期限 头一个月 每逢旺季 交接班时 遇到意外 忙完手头的活 走访园区那天 "
    "培训第二周 任务下达以后 开会之前 接到电话 换了岗位 复查的时候 月底盘点 正式动手前 有位学员来信 回到单位"
)
WHO = (
    "学员 班组长 老师傅 用人单位 面试官 客户 新人 同事 徒弟 主管 质检员 我们小组 负责人 大多数人 应届生 "
    "合作企业 我本人 评审老师 几位骨干 搭档"
)
HOW = "先 通常 容易 反复 主动 当场 一步步 仔细 匆忙 逐项 私下 耐心 连夜 随手 坚持 大胆 慢慢 往往 独自 只好"
ACTS = (
    "弄清 忽略 记录 核对 拆分 改进 演示 比较 请教 说明 检查 安排 重做 归纳 讨论 跟进 量化 估计 练习 调整 "
    "看轻 落实 总结 还原 补上"
)
LINKS = "再去 于是 随后 才能 接着 却没有 同时 回头 继而 顺便 转而 最终 所以 不料 马上"
OUTCOMES = (
    "返工少了一半 心里更有底 差错自然下降 后面省了力气 大家都看得懂 交付没有延误 反倒多花三天 得到了认可 "
    "问题早早露头 成本压了下来 印象分高出不少 又走了弯路 数据说得清楚 彼此信任加深 留下一份清单 "
    "效率提了上去 结果令人意外 没人再抱怨 从此成了惯例 值得记在本子上 差一点误事 换来一次机会 "
    "进度赶上来了 眼界开阔许多 下回不再慌张"
)
RULE = (
    "根据有关规定，从事{a}工作的人员应当经过岗前培训，掌握{b}的基本要求，考核合格后方可独立上岗；"
    "单位应当建立{a}档案，如实记录{b}情况，保存期限不少于三年，并接受主管部门的监督检查。"
)
COVER = "湖南省人力资源服务中心职业导师课堂"
CLOSING = "感谢聆听，欢迎提问。职业导师课堂期待与您再次相遇。"
SENTENCES = range(45, 130)
SENTENCES_A_SLIDE = 5


@dataclass(frozen=True)
class Deck:
    """A deck: whose it is, on what, and its text; ``copied_from`` is the number of what it copies."""

    number: int
    subject: str
    author: int
    text: str
    copied_from: int | None = None


def originals(authors: int, seed: int = 1) -> list[Deck]:
    """Return a deck for each subject by each of so many different authors."""
    made = []
    for author in range(authors):
        for subject in SUBJECTS:
            random = Random(f"{seed}/{subject}/{author}")
            body = _sentences(random, subject, random.choice(SENTENCES))
            if random.random() < 0.5:
                first, second = SUBJECTS[subject].split()[:2]
                body.insert(random.randrange(len(body)), RULE.format(a=first, b=second))
            made.append(Deck(len(made), subject, author, _text(f"{subject}第{author + 1}讲", body)))
    return made


def copy_of(deck: Deck, number: int, seed: int = 1, share_replaced: float = 0.2) -> Deck:
    """Return a copy with another title and order, and a share of the sentences replaced by own ones."""
    random = Random(f"{seed}/copy/{number}/{deck.number}")
    body = [sentence for sentence in _body(deck.text) if sentence]
    replaced = random.sample(range(len(body)), round(len(body) * share_replaced))
    for place, sentence in zip(replaced, _sentences(random, deck.subject, len(replaced)), strict=True):
        body[place] = sentence
    random.shuffle(body)
    title = f"{random.choice(('漫谈', '实战', '新编', '十讲'))}：从零开始学{deck.subject}"
    return Deck(number, deck.subject, -1 - number, _text(title, body), copied_from=deck.number)


def _sentences(random: Random, subject: str, count: int) -> list[str]:
    """Return so many sentences about a subject; an author has favourites among the turns of speech."""
    words = SUBJECTS[subject].split()
    favourites = [random.sample(each.split(), 12) for each in (WHEN, WHO, HOW, ACTS, ACTS, OUTCOMES)]
    made = []
    for _each in range(count):
        when, who, how, act, other, outcome = (random.choice(each) for each in favourites)
        first, second = random.sample(words, 2)
        link = random.choice(LINKS.split())
        made.append(f"{when}，{who}{how}{act}{first}，{link}{other}{second}，{outcome}。")
    return made


def _text(title: str, body: list[str]) -> str:
    """Put the sentences on slides, below the organiser's line that every deck of the portal has."""
    slides = [body[start : start + SENTENCES_A_SLIDE] for start in range(0, len(body), SENTENCES_A_SLIDE)]
    pages = ["\n".join([COVER, *slide]) for slide in slides]
    return "\n\n".join([f"{title}\n{COVER}", *pages, CLOSING])


def _body(text: str) -> list[str]:
    _cover, *pages, _closing = text.split("\n\n")
    return [sentence for page in pages for sentence in page.split("\n")[1:]]
