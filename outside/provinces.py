"""The 31 regions: GB/T 2260 code, names, and the character printed in filing numbers.

The character is not always the number plate's: 四川 is 蜀 and 甘肃 is 陇.
"""

from typing import NamedTuple


class Province(NamedTuple):
    name: str
    name_en: str
    prefix: str


PROVINCES = {
    "11": Province("北京", "Beijing", "京"),
    "12": Province("天津", "Tianjin", "津"),
    "13": Province("河北", "Hebei", "冀"),
    "14": Province("山西", "Shanxi", "晋"),
    "15": Province("内蒙古", "Inner Mongolia", "蒙"),
    "21": Province("辽宁", "Liaoning", "辽"),
    "22": Province("吉林", "Jilin", "吉"),
    "23": Province("黑龙江", "Heilongjiang", "黑"),
    "31": Province("上海", "Shanghai", "沪"),
    "32": Province("江苏", "Jiangsu", "苏"),
    "33": Province("浙江", "Zhejiang", "浙"),
    "34": Province("安徽", "Anhui", "皖"),
    "35": Province("福建", "Fujian", "闽"),
    "36": Province("江西", "Jiangxi", "赣"),
    "37": Province("山东", "Shandong", "鲁"),
    "41": Province("河南", "Henan", "豫"),
    "42": Province("湖北", "Hubei", "鄂"),
    "43": Province("湖南", "Hunan", "湘"),
    "44": Province("广东", "Guangdong", "粤"),
    "45": Province("广西", "Guangxi", "桂"),
    "46": Province("海南", "Hainan", "琼"),
    "50": Province("重庆", "Chongqing", "渝"),
    "51": Province("四川", "Sichuan", "蜀"),
    "52": Province("贵州", "Guizhou", "黔"),
    "53": Province("云南", "Yunnan", "滇"),
    "54": Province("西藏", "Tibet", "藏"),
    "61": Province("陕西", "Shaanxi", "陕"),
    "62": Province("甘肃", "Gansu", "陇"),
    "63": Province("青海", "Qinghai", "青"),
    "64": Province("宁夏", "Ningxia", "宁"),
    "65": Province("新疆", "Xinjiang", "新"),
}
