"""
What the tests of the survey share: a day, the rows of a small list, the real forms beside the project.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

TODAY = date(2026, 11, 23)

SHARED = Path(__file__).parents[3] / "shared"
FORMS = SHARED / "data" / "survey-xlsform"
needs_data = pytest.mark.skipif(not FORMS.is_dir(), reason=f"the real forms are not at {FORMS}")

YES_NO = (
    ("list_name", "name", "label::Қазақша (kk)", "label::Русский (ru)"),
    ("yes_no", "yes", "иә", "да"),
    ("yes_no", "no", "жоқ", "нет"),
)
