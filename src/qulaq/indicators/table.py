"""All indicators by key, theme by theme; other packages add by the entry points `qulaq.indicators`."""

from __future__ import annotations

from qulaq.indicators import (
    activity,
    citizens,
    completeness,
    crossposts,
    dialogue,
    engagement,
    engagement_rates,
    followers,
    latency,
    quality,
    ranking,
    responsiveness,
)
from qulaq.indicators.model import Indicator
from qulaq.lang import phrase
from qulaq.registry import Registry

ALL: tuple[Indicator, ...] = (
    *activity.INDICATORS,
    *followers.INDICATORS,
    *crossposts.INDICATORS,
    *engagement.INDICATORS,
    *engagement_rates.INDICATORS,
    *completeness.INDICATORS,
    *responsiveness.INDICATORS,
    *latency.INDICATORS,
    *citizens.RESPONSIVENESS,
    *dialogue.INDICATORS,
    *citizens.FAIRNESS,
    *quality.INDICATORS,
    *ranking.INDICATORS,
)

INDICATORS: Registry[Indicator] = Registry(
    {indicator.key: indicator for indicator in ALL},
    group="qulaq.indicators",
    kind=phrase("indicators"),
)
