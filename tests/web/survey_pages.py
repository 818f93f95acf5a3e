"""Filling in forms as a browser does: what a page holds, and sending it back."""

from __future__ import annotations

from datetime import UTC, datetime
from html.parser import HTMLParser

NOW = datetime(2026, 11, 27, 6, 30, 45, tzinfo=UTC)
PASSWORD = "төрт сөз ешкім таппайтын"
ROLES = {"asel": "owner", "bolat": "coder", "dina": "reader"}


class Page(HTMLParser):
    """
    The form of a page: its address and the fields as they stand.
    """

    def __init__(self, html):
        super().__init__()
        self.action = ""
        self.fields = {}
        self.offered = {}
        self._area = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        name, value = told.get("name"), told.get("value") or ""
        if tag == "form" and not self.action:
            self.action = told.get("action") or ""
        elif tag == "textarea":
            self._area = name
            self.fields[name] = []
        elif tag == "input" and name:
            if told.get("type") in {"radio", "checkbox"}:
                self.offered.setdefault(name, []).append(value)
                if "checked" in told:
                    self.fields.setdefault(name, []).append(value)
            else:
                self.fields[name] = [value]

    def handle_data(self, data):
        if self._area:
            self.fields[self._area] = [data.removeprefix("\n")]

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._area = None

    @property
    def token(self):
        return self.fields["~token"][0]

    def filled(self, go="next", **answers):
        """
        The fields to send, with these answers in the place of what stood there.
        """
        typed = {
            name: [answer] if isinstance(answer, str) else list(answer)
            for name, answer in answers.items()
        }
        return {**self.fields, **typed, "~go": [go]}


# One way through the standard questionnaire: what is answered on which of its screens.
ANSWERS = {
    "age": "25_35",
    "source": "social",
    "trust": "telegram",
    "why_follow": ["news", "ask"],
    "updates_seen": "rarely",
    "updates_wanted": "daily",
    "rating": "3",
    "effective": "yes",
    "effective_why": "Жылдам әрі ыңғайлы",
    "wrote": "yes",
    "answered": "yes",
    "answer_days": "4",
    "must_answer": "must",
    "post_at_once": "yes",
    "suggestion": "=1+1 <b>жауап беріңіздер</b>",
}
