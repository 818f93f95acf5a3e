"""A document as a tagged PDF: the HTML, laid out on sheets of paper."""

from __future__ import annotations

from qulaq.errors import StudyError
from qulaq.lang import phrase
from qulaq.reports import html
from qulaq.reports.document import Document


def render(document: Document) -> bytes:
    """
    The document by PDF/UA-1, with bookmarks; nothing is fetched for it.

    Raises StudyError where Pango, a library of the system, is not installed.
    """
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except OSError as error:  # it loads Pango as it is imported
        raise StudyError(
            where="PDF",
            found=phrase("PDF cannot be written: Pango is not installed on this machine."),
            remedy=phrase(
                "Install it (Debian, Ubuntu: {debian}; macOS: {mac}) and repeat, or leave PDF out.",
                debian="apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
                mac="brew install pango",
            ),
        ) from error
    page = HTML(
        string=html.render(document).decode("utf-8"),
        url_fetcher=URLFetcher(allowed_protocols=("data",)),
    )
    written: bytes = page.write_pdf(pdf_variant="pdf/ua-1")
    return written
