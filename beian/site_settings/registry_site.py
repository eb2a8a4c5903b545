"""Who runs this installation, as shown on its pages."""

from .model import SiteSetting as S

SITE: list[S] = []
