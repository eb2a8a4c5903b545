"""Days and times as people read them, always in Asia/Shanghai and never relative alone."""

import datetime as dt

from django.utils.translation import gettext, ngettext
from django.utils.translation import pgettext as _p

from beian import clock

Moment = dt.datetime | dt.date


def local(value: Moment) -> Moment:
    """An aware datetime moved to Asia/Shanghai; a date as it is."""
    return value.astimezone(clock.SHANGHAI) if isinstance(value, dt.datetime) else value


def day_text(value: Moment) -> str:
    """11月25日（周二）; the year comes first when it is not the present one."""
    day = local(value)
    parts = {
        "year": day.year,
        "month": day.month,
        "month_name": _month_names()[day.month - 1],
        "day": day.day,
        "weekday": _weekday_names()[day.weekday()],
    }
    if day.year == clock.today().year:
        return gettext("{month}月{day}日（{weekday}）").format(**parts)
    return gettext("{year}年{month}月{day}日（{weekday}）").format(**parts)


def dated_text(value: Moment) -> str:
    """2026年11月25日, for papers that are kept."""
    day = local(value)
    parts = {
        "year": day.year,
        "month": day.month,
        "month_name": _month_names()[day.month - 1],
        "day": day.day,
    }
    return gettext("{year}年{month}月{day}日").format(**parts)


def short_day_text(value: Moment) -> str:
    """11月25日, where space is narrow; the year comes first when it is not the present one."""
    day = local(value)
    parts = {
        "year": day.year,
        "month": day.month,
        "month_name": _month_names()[day.month - 1],
        "day": day.day,
    }
    if day.year == clock.today().year:
        return gettext("{month}月{day}日").format(**parts)
    return gettext("{year}年{month}月{day}日").format(**parts)


def moment_text(value: dt.datetime) -> str:
    """11月23日 16:20, for logs and messages."""
    moment = local(value)
    parts = {
        "year": moment.year,
        "month": moment.month,
        "month_name": _month_names()[moment.month - 1],
        "day": moment.day,
        "time": f"{moment:%H:%M}",
    }
    if moment.year == clock.today().year:
        return gettext("{month}月{day}日 {time}").format(**parts)
    return gettext("{year}年{month}月{day}日 {time}").format(**parts)


def due_text(value: dt.datetime) -> str:
    """11月25日（周三）10:26."""
    return gettext("{day}{time}").format(day=day_text(value), time=f"{local(value):%H:%M}")


def remaining_text(until: dt.datetime) -> str:
    """还有 18 小时 40 分, or that the time is over. Rendered by the server."""
    minutes = int((until - clock.now()).total_seconds() // 60)
    if minutes < 0:
        return gettext("已超过截止时间")
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days > 1:
        return gettext("还有 {days} 天 {hours} 小时").format(days=days, hours=hours)
    if days or hours:
        hours += days * 24
        return gettext("还有 {hours} 小时 {minutes} 分").format(hours=hours, minutes=minutes)
    sentence = ngettext("还有 {minutes} 分钟", "还有 {minutes} 分钟", minutes)
    return sentence.format(minutes=minutes)


def _weekday_names() -> list[str]:
    return [
        gettext("周一"),
        gettext("周二"),
        gettext("周三"),
        gettext("周四"),
        gettext("周五"),
        gettext("周六"),
        gettext("周日"),
    ]


def _month_names() -> list[str]:
    return [
        _p("month name", "1月"),
        _p("month name", "2月"),
        _p("month name", "3月"),
        _p("month name", "4月"),
        _p("month name", "5月"),
        _p("month name", "6月"),
        _p("month name", "7月"),
        _p("month name", "8月"),
        _p("month name", "9月"),
        _p("month name", "10月"),
        _p("month name", "11月"),
        _p("month name", "12月"),
    ]
