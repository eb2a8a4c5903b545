"""What a written Chinese address says about its region."""

from dataclasses import dataclass
from functools import cache

from rules.regions import City, Province, cities_of, provinces


@dataclass(frozen=True)
class WrittenAddress:
    """Codes named at the start of an address ("" where none is named) and what follows them."""

    province: str
    city: str
    detail: str


@cache
def _city_names() -> tuple[tuple[str, City], ...]:
    """Names of all cities, longest first, as an address without its province begins with one."""
    rows = [(city.zh, city) for code in provinces() for city in cities_of(code)]
    return tuple(sorted(rows, key=lambda row: len(row[0]), reverse=True))


def _leading_province(text: str) -> tuple[Province | None, str]:
    for province in provinces().values():
        if text.startswith(province.name):
            return province, text.removeprefix(province.name)
    for province in provinces().values():
        # "内蒙古呼和浩特市…" without the official ending; a city of the province must follow.
        rest = text.removeprefix(province.zh)
        if rest != text and _leading_city(rest, province.code)[0]:
            return province, rest
    return None, text


def _leading_city(text: str, province: str) -> tuple[City | None, str]:
    for name, city in _city_names():
        if (not province or city.province == province) and text.startswith(name):
            return city, text.removeprefix(name)
    return None, text


def read_address(text: str) -> WrittenAddress:
    """Part "浙江省杭州市上城区示范路100号" into codes and the detail "上城区示范路100号"."""
    text = "".join(text.split())
    province, rest = _leading_province(text)
    city, rest = _leading_city(rest, province.code if province else "")
    if city is None and province is not None:
        # 直辖市: the city bears the province's name and stands only once.
        city = next((row for row in cities_of(province.code) if row.zh == province.name), None)
    code = province.code if province else (city.province if city else "")
    return WrittenAddress(code, city.code if city else "", rest)
