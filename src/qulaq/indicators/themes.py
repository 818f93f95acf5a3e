"""What the themes of indicators are called."""

from __future__ import annotations

from collections.abc import Mapping

from qulaq.indicators.model import Theme
from qulaq.lang import Text

THEMES: Mapping[Theme, Text] = {
    "activity": Text(kk="Белсенділік", ru="Активность", en="Activity"),
    "engagement": Text(kk="Азаматтардың үн қатуы", ru="Отклик граждан", en="How citizens react"),
    "completeness": Text(
        kk="Деректердің толықтығы", ru="Полнота данных", en="Completeness of the data"
    ),
    "responsiveness": Text(kk="Жауап беру", ru="Ответы органа", en="Answering"),
    "dialogue": Text(kk="Диалог", ru="Диалог", en="Dialogue"),
    "fairness": Text(kk="Әділдік", ru="Справедливость", en="Fairness"),
    "quality": Text(kk="Жауап сапасы", ru="Качество ответов", en="Quality of replies"),
    "ranking": Text(kk="Орындар", ru="Места", en="Places"),
}
"""By theme, in the order of the table of indicators."""
