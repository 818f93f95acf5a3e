"""
Each figure as SVG and PNG, to be sent without the report.

CH1 every figure of the report is there, numbered as in it; CH2 the picture says what it shows, of whom, of
when, and where the numbers come from; CH3 it has ink, also where no font is installed that it asks for;
CH4 packing loses nothing; CH5 the same report gives the same bytes, and charts that are none any more go.
"""

from __future__ import annotations

import re
import struct
import zlib
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import vl_convert
from report_town import COMMAND, NOW, POST_COLUMNS, posts

from qulaq.corpus.current import Corpus
from qulaq.reports import compose, gather, write_report
from qulaq.reports.charts import draw_charts
from qulaq.reports.document import Figure
from qulaq.reports.figures.canvas import FONT
from qulaq.reports.png import pack

SVG = "{http://www.w3.org/2000/svg}"
LANGUAGES = ("kk", "ru", "en")


@pytest.fixture(scope="module")
def documents(town):
    with Corpus(town) as corpus:
        findings = gather(corpus, now=NOW, command=COMMAND)
    return {language: compose(findings, language=language) for language in LANGUAGES}


@pytest.fixture(scope="module")
def charts(documents):
    return {language: list(draw_charts(document)) for language, document in documents.items()}


def pixels(png):
    """
    The picture as rows of RGBA, from a PNG that filters its rows in any of the five ways.
    """
    width, height = struct.unpack_from(">II", png, 16)
    raw = np.frombuffer(zlib.decompress(body(png)), dtype=np.uint8).reshape(height, -1)
    found = np.zeros(
        (height + 1, 4 * width + 4), dtype=np.int64
    )  # a row and a pixel of nothing before
    for y, (kind, *line) in enumerate(raw.tolist(), start=1):
        above = found[y - 1]
        for x, byte in enumerate(line, start=4):
            left, up, corner = found[y][x - 4], above[x], above[x - 4]
            guess = (0, left, up, (left + up) // 2, paeth(left, up, corner))[kind]
            found[y][x] = (byte + guess) % 256
    return found[1:, 4:].reshape(height, width, 4)


def paeth(left, up, corner):
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))


def body(png):
    parts, place = b"", 8
    while place < len(png):
        length, kind = struct.unpack_from(">I4s", png, place)
        parts += png[place + 8 : place + 8 + length] if kind == b"IDAT" else b""
        place += 12 + length
    return parts


def parse(svg):
    return ET.fromstring(svg)  # noqa: S314  # drawn by ourselves a moment ago


def written(svg):
    return " ".join(" ".join(parse(svg).itertext()).replace("\xa0", " ").split())


# ── CH1 ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_is_a_chart_under_its_number(documents, charts, language):
    sections = documents[language].sections
    figures = [one for part in sections for one in part.blocks if isinstance(one, Figure)]

    names = [chart.name for chart in charts[language]]

    assert names == [f"{i:02}-{one.name}" for i, one in enumerate(figures, start=1)]
    assert [chart[:2] for chart in names] == [
        re.search(r"\d+", one.label)[0].zfill(2) for one in figures
    ]


def test_a_figure_of_many_pictures_goes_on_in_another_file(make_study, take_in, monkeypatch):
    monkeypatch.setattr("qulaq.reports.charts.MOST_PICTURES", 3)
    study = make_study(*((f"page-{i}", "facebook") for i in range(40)))
    take_in(
        study,
        "counts",
        ("page_id", "captured_at", "followers"),
        [(f"page-{i}", "2024-02-20T12:00:00+05:00", i + 1) for i in range(40)],
    )
    with Corpus(study) as corpus:
        document = compose(gather(corpus, now=NOW, command=COMMAND), language="en")

    found = [chart.name for chart in draw_charts(document)]

    # Ten bars to a picture, three pictures to a file.
    assert found == ["01-followers-1", "01-followers-2"]


# ── CH2 ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chart_says_what_it_is_and_where_it_comes_from(town, documents, charts, language):
    document = documents[language]
    for chart in charts[language]:
        text = written(chart.svg)
        assert town.title.to(language) in text
        assert town.note.to(language) in text
        assert {"kk": "Дереккөз:", "ru": "Источник:", "en": "Source:"}[language] in text
        assert "Qulaq" in text
        assert "2024" in text
        root = parse(chart.svg)
        assert root.get("role") == "img"
        assert len(root.get("aria-label")) > 20
    assert document.title == town.title.to(language)


def test_a_chart_stands_on_white_paper(charts):
    for chart in charts["en"]:
        paper = parse(chart.svg).find(f"{SVG}rect")
        assert paper.get("fill") == "#ffffff"


def test_kazakh_letters_stand_in_the_chart(charts):
    text = " ".join(written(chart.svg) for chart in charts["kk"])

    assert set("әғқңөұүһі") - set(text.lower()) <= {"һ"}


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_no_word_of_a_chart_reaches_the_edge_of_its_paper(charts, language):
    for chart in charts[language]:
        edge = pixels(vl_convert.svg_to_png(chart.svg.decode(), scale=0.5))[:, -6:, :3]
        assert (edge == 255).all(), chart.name


# ── CH3 ──────────────────────────────────────────────────────────────────────────────────────────


def ink(svg):
    return int((pixels(vl_convert.svg_to_png(svg))[:, :, :3] < 128).any(axis=2).sum())


_WORD = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20">'
    '<rect width="60" height="20" fill="#ffffff"/>'
    '<text x="2" y="15" font-family="{}" font-size="14">Құлақ</text></svg>'
)


def test_a_font_that_is_not_there_is_replaced_only_by_a_generic_one():
    """
    The trap that the next test looks for: without a generic family nothing is drawn, and nobody says so.
    """
    assert ink(_WORD.format("No Such Font")) == 0
    assert ink(_WORD.format("No Such Font, sans-serif")) > 0


def test_every_text_of_every_chart_has_a_generic_font_to_fall_back_on(charts):
    for language in LANGUAGES:
        for chart in charts[language]:
            texts = list(parse(chart.svg).iter(f"{SVG}text"))
            assert texts
            assert all(one.get("font-family").endswith("sans-serif") for one in texts), chart.name


def test_a_chart_has_ink_where_no_font_of_its_list_is_installed(charts):
    escaped = FONT.replace('"', "&quot;")
    svg = charts["kk"][0].svg.decode()
    assert escaped in svg
    absent = svg.replace(escaped, "&quot;No Such Font&quot;, sans-serif")
    silent = re.sub(r"<text.*?</text>", "", absent, flags=re.DOTALL)

    assert ink(absent) > ink(silent) > 0


# ── CH4 ──────────────────────────────────────────────────────────────────────────────────────────


def test_packing_keeps_every_pixel_and_saves_bytes(charts):
    drawn = vl_convert.svg_to_png(charts["en"][0].svg.decode(), scale=2)

    packed = pack(drawn)

    assert zlib.decompress(body(packed)) == zlib.decompress(body(drawn))
    assert packed[:33] == drawn[:33]  # the signature, and what the picture is
    assert len(packed) < len(drawn)


# ── CH5 ──────────────────────────────────────────────────────────────────────────────────────────


def test_charts_are_written_beside_the_report_and_the_same_again(make_study, take_in):
    study = make_study(("answers", "facebook"))
    take_in(study, "posts", POST_COLUMNS, posts("answers"))

    def write():
        [page, folder] = write_report(study, languages=["kk"], now=NOW, command=COMMAND)
        return page, {file.name: file.read_bytes() for file in sorted(folder.iterdir())}

    (study.reports / "town-kk-charts").mkdir(parents=True)
    (study.reports / "town-kk-charts" / "07-old-one.png").write_bytes(b"")
    (study.reports / "town-kk-charts" / "notes.txt").write_text("mine", encoding="utf-8")
    page, first = write()

    assert page.name == "town-kk.html"
    assert list(first) == [
        "01-posts-by-month.png",
        "01-posts-by-month.svg",
        "02-likes-of-posts.png",
        "02-likes-of-posts.svg",
        "03-comments-of-posts.png",
        "03-comments-of-posts.svg",
        "notes.txt",
    ]
    assert write()[1] == first


def test_a_report_without_figures_has_no_charts(make_study):
    study = make_study(("answers", "facebook"))

    [page] = write_report(study, languages=["kk"], now=NOW, command=COMMAND)

    assert page.suffix == ".html"
    assert [file.name for file in study.reports.iterdir()] == [page.name]
