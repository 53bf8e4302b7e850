"""Names of a company that does not exist: places are real, all firms and people are made up."""

from __future__ import annotations

COMPANY = ("Qinglan Ridge Group", "青岚岭集团")

# region id, English, Chinese, districts: (id, city, Chinese, latitude, longitude)
REGIONS = (
    ("E", "East China", "华东", (
        ("SHA", "Shanghai", "上海", 31.23, 121.47),
        ("NKG", "Nanjing", "南京", 32.06, 118.80),
        ("HGH", "Hangzhou", "杭州", 30.27, 120.16),
    )),
    ("S", "South China", "华南", (
        ("CAN", "Guangzhou", "广州", 23.13, 113.26),
        ("SZX", "Shenzhen", "深圳", 22.54, 114.06),
        ("XMN", "Xiamen", "厦门", 24.48, 118.09),
    )),
    ("N", "North China", "华北", (
        ("BJS", "Beijing", "北京", 39.90, 116.40),
        ("TSN", "Tianjin", "天津", 39.13, 117.20),
        ("TNA", "Jinan", "济南", 36.65, 117.00),
    )),
    ("C", "Central China", "华中", (
        ("WUH", "Wuhan", "武汉", 30.59, 114.31),
        ("CSX", "Changsha", "长沙", 28.23, 112.94),
        ("CGO", "Zhengzhou", "郑州", 34.75, 113.63),
    )),
    ("W", "Southwest China", "西南", (
        ("CTU", "Chengdu", "成都", 30.66, 104.07),
        ("CKG", "Chongqing", "重庆", 29.56, 106.55),
        ("KMG", "Kunming", "昆明", 25.04, 102.71),
    )),
    ("B", "Northeast China", "东北", (
        ("SHE", "Shenyang", "沈阳", 41.80, 123.43),
        ("DLC", "Dalian", "大连", 38.91, 121.61),
        ("HRB", "Harbin", "哈尔滨", 45.80, 126.53),
    )),
)  # fmt: skip

SURNAMES = (
    ("Li", "李"), ("Wang", "王"), ("Zhang", "张"), ("Liu", "刘"), ("Chen", "陈"), ("Yang", "杨"),
    ("Zhao", "赵"), ("Huang", "黄"), ("Zhou", "周"), ("Wu", "吴"), ("Xu", "徐"), ("Sun", "孙"),
    ("Ma", "马"), ("Zhu", "朱"), ("Hu", "胡"), ("Lin", "林"), ("Guo", "郭"), ("He", "何"),
)  # fmt: skip
GIVEN_NAMES = (
    ("Wei", "伟"), ("Min", "敏"), ("Jing", "静"), ("Lei", "磊"), ("Yan", "艳"), ("Qiang", "强"),
    ("Juan", "娟"), ("Tao", "涛"), ("Ming", "明"), ("Chao", "超"), ("Xia", "霞"), ("Ping", "平"),
    ("Jun", "军"), ("Ling", "玲"), ("Haoran", "浩然"), ("Yuxuan", "宇轩"), ("Zihan", "梓涵"),
    ("Siyuan", "思远"), ("Jiayi", "佳怡"), ("Wenbo", "文博"),
)  # fmt: skip

CUSTOMER_FIRST = (
    ("Yunqi", "云栖坪"), ("Songlu", "松露湾"), ("Heting", "荷汀"), ("Lanxi", "岚溪"),
    ("Baixing", "柏行"), ("Mingzhou", "鸣洲"), ("Tongshan", "桐山里"), ("Yinghe", "映河"),
    ("Qiming", "启茗"), ("Shuofeng", "朔枫"), ("Ruicang", "瑞沧"), ("Jinhui", "锦荟岭"),
    ("Fanglin", "芳林渡"), ("Changle", "长泺"), ("Dinghai", "鼎海岭"), ("Xinyuan", "昕垣"),
    ("Beichen", "北宸浦"), ("Luming", "鹿鸣川"), ("Zhuoyue", "卓樾"), ("Hengtai", "衡台里"),
    ("Chengguang", "澄光坞"), ("Yixin", "奕莘"), ("Haiyun", "海筠"), ("Tianmu", "天沐岗"),
)  # fmt: skip
CUSTOMER_SECOND = (
    ("Precision", "精密"), ("Concrete", "混凝土"), ("Building Materials", "建材"),
    ("Plastics", "塑胶"), ("Foods", "食品"), ("Textiles", "纺织"), ("Logistics", "物流"),
    ("Electric", "电气"), ("Chemicals", "化工"), ("Construction", "建设"), ("Castings", "铸造"),
    ("Packaging", "包装"), ("Pharma", "药业"), ("Agritech", "农业科技"), ("Energy", "能源"),
    ("Auto Parts", "汽配"), ("Paper", "纸业"), ("Glass", "玻璃"),
)  # fmt: skip
SHOP_PLACES = (
    ("Xinghe Plaza", "星河坪广场"), ("Riverside", "滨江道"), ("Old Town", "老城门"),
    ("South Gate", "南门口"), ("Lakeside", "湖畔里"), ("Station Square", "站前广场"),
    ("Garden Road", "花园路"), ("High-Tech Park", "高新园"), ("Harbour", "港湾"),
    ("University Town", "大学城"), ("West Market", "西市"), ("Maple Street", "枫林街"),
)  # fmt: skip
INDUSTRIES = ("construction", "manufacturing", "food", "logistics", "chemicals", "energy")
SEGMENTS = ("key", "mid", "small", "public")
TIERS = ("A", "B", "C")
CLUSTERS = ("river_delta_makers", "infrastructure", "food_chain", "county_builders", "exporters")
