"""All indicators by key, theme by theme; other packages add by the entry points `qulaq.indicators`."""

from __future__ import annotations

from qulaq.indicators import activity, completeness, engagement, responsiveness
from qulaq.indicators.model import Indicator
from qulaq.lang import phrase
from qulaq.registry import Registry

THEMES = (activity, engagement, completeness, responsiveness)

INDICATORS: Registry[Indicator] = Registry(
    {indicator.key: indicator for theme in THEMES for indicator in theme.INDICATORS},
    group="qulaq.indicators",
    kind=phrase("indicators"),
)
