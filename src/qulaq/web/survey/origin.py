"""
Whether a form was sent from our own page.

The public form needs no cookie, so a token in a cookie cannot prove it; browsers tell themselves.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest

_OURS = {"same-origin", "none"}


def is_cross_site(request: HttpRequest) -> bool:
    """
    Whether the browser says that another site sent this form (Fetch Metadata, or the Origin header).

    Browsers that tell neither are believed: the signed token is what guards the answers.
    """
    told = request.headers.get("Sec-Fetch-Site")
    if told:
        return told not in _OURS
    origin = request.headers.get("Origin", "null")
    return origin != "null" and urlsplit(origin).netloc != request.get_host()
