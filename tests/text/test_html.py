"""
HTML as people read it.

1. A line for each paragraph and line break, entities as letters, links as they are shown or renamed.
2. Anything goes in; no tag comes out of HTML, and text without tags comes out as it is.
"""

from __future__ import annotations

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qulaq.text.html import plain_text


@pytest.mark.parametrize(
    ("markup", "read"),
    [
        ("<p>Су қашан<br>беріледі?</p><p>Рақмет</p>", "Су қашан\nберіледі?\nРақмет"),
        ("<p>5&#39;ші &amp; &quot;6&quot; &lt;b&gt;</p>", '5\'ші & "6" <b>'),
        ('<a href="https://x.kz"><span>https://</span>x.kz</a>, иә', "https://x.kz, иә"),
        ("<ul><li>бір</li><li>екі</li></ul>үш", "бір\nекі\nүш"),
        ("<p> </p><p></p>", ""),
        ("бір<script>alert(1)</script> екі", "бір екі"),
        ("no tags at all", "no tags at all"),
    ],
)
def test_html_reads_as_people_read_it(markup, read):
    assert plain_text(markup) == read


@pytest.mark.parametrize("broken", ["<![x]>", "<![ x", "<!DOCTYPE [", "<a <b", "</"])
def test_the_words_before_what_is_no_html_are_kept(broken):
    assert plain_text(f"<p>kept</p>{broken}").startswith("kept")


def test_a_link_can_read_as_the_text_given_instead_of_its_own():
    markup = '<a href="https://x.kz/@aigul">@<b>aigul</b></a> <a href="https://y.kz">y</a>'
    assert plain_text(markup, links={"https://x.kz/@aigul": "@aigul@x.kz"}) == "@aigul@x.kz y"


quiet = settings(deadline=None, derandomize=True, database=None)


@quiet
@given(st.text(alphabet="<>!/[]&;#ap \n\"'=-?x", max_size=40))
def test_anything_goes_in(markup):
    assert isinstance(plain_text(markup), str)


@quiet
@given(st.lists(st.text("аә<&>\"' b", min_size=1).filter(str.strip), min_size=1, max_size=4))
def test_paragraphs_come_out_as_their_lines(lines):
    markup = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    assert plain_text(markup).split("\n") == [line.strip() for line in lines]
