"""Links, e-mail addresses and @handles: parts of a text that are no words of its writer."""

from __future__ import annotations

import re

LINK = re.compile(
    r"""(
        (?:https?://|(?<![\w@.-])www\.) [^\s<>"«»,;]++
      | (?<![\w@.-]) (?:[a-z0-9-]++\.)+ [a-z]{2,}+ / [^\s<>"«»,;]*+   # facebook.com/…
    )""",
    re.IGNORECASE | re.VERBOSE,
)
"""One group around the whole, so that `LINK.split` hands back the links as well."""

# Latin before the @ of an e-mail address; @[…] is the blot that an erased handle leaves.
_AT = re.compile(r"[\w.%+-]*+@(?:\[…\]|[\w.-]*+)")


def without_addresses(text: str) -> str:
    """
    The text with a blank in the place of every link, e-mail address and @handle.

    >>> without_addresses("@akim қараңыз: https://gov.kz/?q=1")
    '  қараңыз:  '
    """
    text = LINK.sub(" ", text) if "/" in text or "www." in text.lower() else text
    return _AT.sub(" ", text) if "@" in text else text
