"""A year of posts before any page has published them: days, kinds, languages, texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from qulaq.replica.counts import Shape, deal, make_counts
from qulaq.replica.figures import PageFigures
from qulaq.replica.setting import PageSetting
from qulaq.replica.wording import Kind, Occasion, draw_kind, list_occasions, read_kinds, write_post

KAZAKH_SHARE = 0.6
TRIES = 200
SATURDAY = 5
# Quarters of an hour from 8:15 to 21:00: with the minutes added below and by a page,
# posts stay in order and before 21:15.
FIRST_QUARTER, LAST_QUARTER = 33, 84
MINUTES_OFF = 6
MEDIA = {"west-kazakhstan-facebook": {"photo": 68, "video": 17, "link": 8, "text": 7}}
USUAL_MEDIA = {"photo": 76, "video": 24}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A post without a page; `draw` says how much it draws people, whoever they are."""

    moment: datetime
    kind: Kind
    language: str
    text: str
    media: str
    draw: float
    most: str


def draft_contents(
    pages: Iterable[PageFigures], *, settings: Mapping[str, PageSetting]
) -> dict[str, tuple[Draft, ...]]:
    """
    Draft each content once: pages that share content share drafts, others share no text.

    Greetings on holidays may be alike.
    """
    contents: dict[str, tuple[Draft, ...]] = {}
    written: set[str] = set()
    for figures in pages:
        if figures.content not in contents:
            drafts = make_drafts(figures, setting=settings[figures.page], written=written)
            contents[figures.content] = drafts
    return contents


def make_drafts(
    figures: PageFigures, *, setting: PageSetting, written: set[str]
) -> tuple[Draft, ...]:
    """Draft a year of posts, in order of time, with none of the texts already `written`."""
    rng = Random(f"replica drafts {figures.content}")  # noqa: S311 - a seeded shape, no secret
    daily = draw_daily_numbers(rng, figures, days=setting.days)
    occasions = list_occasions(rng, content=figures.content)
    media = MEDIA.get(figures.content, USUAL_MEDIA)
    scribe = Scribe(rng=rng, setting=setting, media=media, written=written)
    return tuple(
        scribe.finish(occasion, moment=moment)
        for day, n in zip(setting.days, daily, strict=True)
        for occasion, moment in zip(
            scribe.plan_day(day, n=n, occasions=occasions), draw_moments(rng, day, n=n), strict=True
        )
    )


def draw_daily_numbers(rng: Random, figures: PageFigures, *, days: Sequence[date]) -> list[int]:
    """Draw posts a day: the published least everywhere, the rest uneven, fewer on days off."""
    least = figures.daily_least
    most = least if figures.daily_most is None else figures.daily_most
    total = figures.posts - least * len(days)
    shape = Shape(n=len(days), total=total, most=most - least, idle=0.45)
    scores = [rng.gauss(0, 1) - (day.weekday() >= SATURDAY) for day in days]
    return [least + more for more in deal(make_counts(rng, shape), scores=scores)]


def draw_moments(rng: Random, day: date, *, n: int) -> list[datetime]:
    midnight = datetime.combine(day, time())
    quarters = sorted(rng.sample(range(FIRST_QUARTER, LAST_QUARTER + 1), n))
    return [
        midnight + timedelta(minutes=15 * quarter, seconds=rng.randrange(MINUTES_OFF * 60))
        for quarter in quarters
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scribe:
    """Writes the posts of one year and remembers them, so that nothing is said twice."""

    rng: Random
    setting: PageSetting
    media: dict[str, int]
    written: set[str]

    def plan_day(self, day: date, *, n: int, occasions: Sequence[Occasion]) -> list[Occasion]:
        today = [occasion for occasion in occasions if occasion.day == day]
        return [*today, *(self.plan_post(day) for _ in range(n - len(today)))]

    def plan_post(self, day: date) -> Occasion:
        kind = draw_kind(self.rng, month=day.month)
        language = "kk" if self.rng.random() < KAZAKH_SHARE else "ru"
        text = self.write_anew(kind.name, language=language)
        return Occasion(day=day, kind=kind.name, language=language, text=text)

    def write_anew(self, kind: str, *, language: str) -> str:
        for _ in range(TRIES):
            text = write_post(self.rng, kind=kind, body=self.setting.body, language=language)
            if text not in self.written:
                break
        self.written.add(text)
        return text

    def finish(self, occasion: Occasion, *, moment: datetime) -> Draft:
        kind = read_kinds()[occasion.kind]
        return Draft(
            moment=moment.replace(tzinfo=self.setting.zone),
            kind=kind,
            language=occasion.language,
            text=occasion.text,
            media=self.rng.choices(list(self.media), weights=list(self.media.values()))[0],
            draw=kind.appeal + self.rng.gauss(0, 1),
            most=occasion.most,
        )
