"""The tour: what an editor and two readers do in three days, step by step, each step checked."""

import logging
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.demo import editing, outside, reading, searching, seeding, subscribing, words
from bot.demo.checks import Manuscript, Unmet, require
from bot.demo.people import Person, watch
from bot.demo.scene import Scene
from bot.demo.stage import Stage
from bot.demo.transcript import Transcript
from bot.i18n import Catalogs

log = logging.getLogger(__name__)

LANGUAGE = "ru"
NOTES = Path(__file__).parent / "notes"
URALS = ZoneInfo("Asia/Yekaterinburg")
EIGHT, NINE = time(8), time(9)
MONDAY = seeding.TODAY + timedelta(days=1)
TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
FRESH = timedelta(hours=24)  # what a first digest reaches back
HURRIED_S = 0.01  # the bot confirms what it has handled, so little more needs to be waited for

Step = Callable[[Scene], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Failed:
    """The step that did not hold, and why."""

    step: str
    why: str

    def __str__(self) -> str:
        """Return it as a sentence for the terminal."""
        return f"The tour stopped at “{self.step}”: {self.why}"


async def perform(stage: Stage, text: str, write: Callable[[str], None]) -> Failed | None:
    """Perform the tour on a stage, print the chats, and return the step that did not hold, if any."""
    began = stage.clock.monotonic()
    scene = set_up(stage, text, write)
    for number, (title, step) in enumerate(STEPS, 1):
        scene.transcript.heading(f"{number}. {title}")
        try:
            await step(scene)
        except (Unmet, AssertionError, TimeoutError) as error:
            return Failed(title, str(error))
        except Exception as error:  # a boundary: whatever breaks, the person at the terminal gets a sentence
            log.exception("tour broke step=%s", number)
            return Failed(title, f"{type(error).__name__}: {error}")
    took = stage.clock.monotonic() - began
    presses = sum(person.presses for person in (scene.vera, scene.anna, scene.timur))
    write(f"\nAll {len(STEPS)} steps held: {presses} buttons pressed, {scene.pages_read} pages read, {took:.0f} s.")
    return None


def set_up(stage: Stage, text: str, write: Callable[[str], None]) -> Scene:
    """Return the scene before the first step: the paper is out, the readers have not met the bot."""
    t = Catalogs.read(LANGUAGE).translator(LANGUAGE)
    transcript = Transcript(write, words.BOT_NAME)
    watch(stage.sandbox, transcript.seen)
    players = (stage.editor, stage.sandbox.player(words.ANNA), stage.sandbox.player(words.TIMUR))
    for player in players:
        player.quiet_s = HURRIED_S
    vera, anna, timur = (Person(player, t, transcript) for player in players)
    scene = Scene(stage=stage, transcript=transcript, text=text, vera=vera, anna=anna, timur=timur)
    watch(stage.sandbox, lambda _kind, _payload: scene.news.set())
    for piece, article in zip(seeding.pieces(), stage.seeded, strict=True):
        if piece.published_at > seeding.START - FRESH:
            scene.manuscripts.append(Manuscript.of(article, piece.rubric, piece.text))
    return scene


async def subscribe(scene: Scene) -> None:
    """Two readers, two choices of rubrics, two zones."""
    await subscribing.subscribe(scene.anna, annas())
    await subscribing.subscribe(scene.timur, words.TIMUR_KEEPS, words.TIMURS_CITY)


async def eight_in_the_urals(scene: Scene) -> None:
    """08:00 comes two hours earlier there: one message for Timur, none for Anna."""
    timurs, annas_ = len(scene.timur.received), len(scene.anna.received)
    await scene.travel(at(MONDAY, EIGHT, URALS))
    await scene.next_message(scene.timur, timurs)
    await scene.still(scene.anna, annas_)


async def eight_in_moscow(scene: Scene) -> None:
    """The bot is down over 08:00, up at 08:00:30 and restarted at once: nothing is lost and nothing comes twice."""
    timurs, annas_ = len(scene.timur.received), len(scene.anna.received)
    await scene.travel(at(MONDAY, time(7, 59, 50)))
    await scene.still(scene.anna, annas_)
    scene.transcript.note("the bot is stopped")
    await scene.stage.stop_bot()
    await scene.travel(at(MONDAY, time(8, 0, 30)))
    scene.transcript.note("the bot is started")
    await scene.stage.start_bot()
    await scene.next_message(scene.anna, annas_)
    scene.transcript.note("the bot is restarted")
    await scene.stage.stop_bot()
    await scene.stage.start_bot()
    await scene.app.tick()
    await scene.still(scene.anna, annas_ + 1)
    await scene.still(scene.timur, timurs)


async def read(scene: Scene) -> None:
    """Both open every rubric and read every section of every article; it is what was published, word for word."""
    for person, rubrics in ((scene.anna, annas()), (scene.timur, words.TIMUR_KEEPS)):
        expected = [one for one in scene.manuscripts if one.rubric in rubrics]
        await reading.open_rubrics(person, expected)
        await reading.walk_rubrics(person, expected)
        copies = await reading.read_through(person)
        reading.compare(copies, expected)
        scene.pages_read += sum(copy.pages for copy in copies)


async def look_aside(scene: Scene) -> None:
    """From an article to a related one and back; and into the bookmarks."""
    await reading.look_aside(scene.anna)
    await reading.keep(scene.anna)


async def search(scene: Scene) -> None:
    """Anna looks for two words that stand side by side, turns the page, opens what she found and comes back."""
    await searching.look_for(scene.anna, words.SEARCHED)


async def change_settings(scene: Scene) -> None:
    """Anna moves her digest to 09:00; Vera's next post comes then, and not at 08:00."""
    await subscribing.change_time(scene.anna, NINE)
    await editing.push_post(scene, (NOTES / "post.txt").read_text(encoding="utf-8"), words.CHANNEL)


async def block(scene: Scene) -> None:
    """Timur blocks the bot: nothing is sent to him any more. Anna gets hers at 09:00."""
    await scene.timur.block()
    timurs, annas_ = len(scene.timur.received), len(scene.anna.received)
    attempts = calls_to(scene, scene.timur)
    await scene.travel(at(TUESDAY, EIGHT))
    await scene.still(scene.anna, annas_)
    await scene.travel(at(TUESDAY, NINE))
    await scene.next_message(scene.anna, annas_)
    await scene.still(scene.timur, timurs)
    require(calls_to(scene, scene.timur) == attempts, "the bot tried to write to a reader who had blocked it")


async def come_back(scene: Scene) -> None:
    """Timur lets the bot in again and says /start: his settings are there, and his next digest comes."""
    timur = scene.timur
    await timur.unblock()
    await timur.say("/start")
    await subscribing.expect_settings(timur, words.TIMURS_CITY, "08:00", *words.TIMUR_KEEPS)
    await editing.push_file(scene, "news.txt", (NOTES / "file.txt").read_text(encoding="utf-8"))
    seen = len(timur.received)
    await scene.travel(at(WEDNESDAY, EIGHT, URALS))
    await scene.next_message(timur, seen)
    reading.compare(await reading.read_through(timur), [scene.pushed])


def annas() -> Collection[str]:
    """Return the rubrics that Anna reads."""
    return [name for _, name in seeding.rubrics() if name not in words.ANNA_LEAVES_OUT]


def at(day: date, hour: time, zone: ZoneInfo = seeding.HOME) -> datetime:
    """Return an instant by its local date and time."""
    return datetime.combine(day, hour, zone)


def calls_to(scene: Scene, person: Person) -> int:
    """Return how often the bot has called anything about a person's chat."""
    return sum(1 for call in scene.stage.sandbox.calls if call.chat_id == person.player.id)


STEPS: tuple[tuple[str, Step], ...] = (
    ("The editor pushes an article", editing.push_paste),
    ("Nobody else gets into the desk", editing.refuse_stranger),
    ("The editor publishes it, with a double tap", editing.publish),
    ("A link becomes an article", outside.push_link),
    ("A feed is followed", outside.follow_feed),
    ("Two readers subscribe", subscribe),
    ("08:00 in Yekaterinburg", eight_in_the_urals),
    ("08:00 in Moscow, and the bot restarts", eight_in_moscow),
    ("Every section of every article", read),
    ("Related articles and bookmarks", look_aside),
    ("Search", search),
    ("Settings", change_settings),
    ("A reader blocks the bot", block),
    ("The reader comes back", come_back),
)
