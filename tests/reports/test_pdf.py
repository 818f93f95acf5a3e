"""Where Pango is absent the other formats are written all the same, and what to install is said."""

from __future__ import annotations

import sys

import pytest
from report_town import NOW

from qulaq.errors import StudyError
from qulaq.reports import write_report


def test_without_pango_the_others_are_written_and_pdf_is_refused(make_study, tmp_path, monkeypatch):
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load libpango')")
    for name in [one for one in sys.modules if one.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.syspath_prepend(tmp_path)
    study = make_study(("answers", "facebook"))
    with pytest.raises(StudyError, match="Pango") as refused:
        write_report(
            study,
            languages=["ru", "kk"],
            formats=["pdf", "html"],
            now=NOW,
            command="",
            charts=False,
        )
    assert "libpango-1.0-0" in refused.value.to("kk")
    assert len(list(study.reports.glob("*.html"))) == 2
    assert not list(study.reports.glob("*.pdf"))
