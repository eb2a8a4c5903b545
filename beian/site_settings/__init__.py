"""The one typed registry of everything an operator may change.

`setting("sms.code_hours", province="33")` gives the province's value (an operator's, else the
shipped one), else the installation's, else the default. Values are read per request from one small
table.
"""

from .lookup import overrides, setting
from .model import SettingError, SiteSetting
from .registry import REGISTRY

__all__ = ["REGISTRY", "SettingError", "SiteSetting", "overrides", "setting"]
