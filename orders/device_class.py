"""What kind of device a browser says it runs on: kept with a photo, nothing finer is."""

import re

from verification.enums import DeviceClass

_KINDS = (
    (DeviceClass.TABLET, re.compile(r"iPad|Tablet|Android(?!.*Mobile)")),
    (DeviceClass.PHONE, re.compile(r"Mobi|iPhone|Android")),
    (DeviceClass.COMPUTER, re.compile(r"Windows NT|Macintosh|X11|CrOS")),
)


def device_class(user_agent: str) -> DeviceClass:
    return next((kind for kind, mark in _KINDS if mark.search(user_agent)), DeviceClass.OTHER)
