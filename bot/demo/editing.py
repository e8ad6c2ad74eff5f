"""The tour at the editors' desk: pushing an article, being refused, publishing."""

import asyncio

from bot.callbacks import Publish
from bot.demo.checks import Manuscript, bare, require
from bot.demo.people import Person
from bot.demo.scene import Scene
from bot.demo.seeding import rubrics
from bot.demo.words import CITY
from digests.articles import Article, ArticleId
from sandbox import Message

SCREENS_LIMIT = 500  # of removed pieces; more means that the bot walks in circles
SEEN_OF_A_PIECE = 100  # characters; a screen shows a very long piece clipped


async def push_paste(scene: Scene) -> None:
    """Vera pastes the article after /add, in as many messages as her client makes of it, and ends it with /done."""
    vera = scene.vera
    await vera.say("/add")
    require(has(vera, vera.t.short("Done")), f"/add does not begin to collect: {quoted(vera.screen)}")
    typed = len(vera.player.messages)
    await vera.say(scene.text)
    require(has(vera, vera.t.short("Done")), f"the bot did not take the article: {quoted(vera.screen)}")
    given = "\n".join(message.text for message in vera.player.messages[typed - 1 :] if not message.from_bot)
    await vera.say("/done")
    article = await drafted(scene)
    scene.manuscripts.append(Manuscript.of(article, CITY, given))
    preview = vera.received[-2]
    require(bare(article.title) in bare(preview.text), f"the preview does not begin with the title: {quoted(preview)}")
    await look_at_removed(vera, article)


async def refuse_stranger(scene: Scene) -> None:
    """Timur, who is no editor, tries the desk's command and a forged button; neither does anything."""
    article = (await drafted(scene)).id
    timur = scene.timur
    await timur.say("/add")
    require(not has(timur, timur.t.short("Done")), "a reader could begin an article")
    _, button = scene.vera.player.find(scene.vera.t.short("Publish"))
    toast = await timur.press_on(timur.screen, button)
    require(bool(toast and toast.text), "a forged button got no refusal")
    require((await scene.app.newsroom.article(article)).published_at is None, "a reader could publish")


async def publish(scene: Scene) -> None:
    """Vera files the article under a rubric and presses Publish twice in one breath."""
    vera = scene.vera
    await vera.press(vera.t.short("Choose a rubric"))
    await vera.press(labelled(CITY))
    message, button = vera.player.find(vera.t.short("Publish"))
    before = (await scene.app.newsroom.published(offset=0, limit=1))[1]
    toasts = await asyncio.gather(vera.press_on(message, button), vera.press_on(message, button))
    said = sorted(toast.text if toast else "" for toast in toasts)
    expected = sorted([vera.t("Published"), vera.t("It was published already.")])
    after = (await scene.app.newsroom.published(offset=0, limit=1))[1]
    require(after > before, f"the bot did not publish it: “{said[0]}”")
    require(after == before + 1, f"a double tap published it {after - before} times")
    require(said == expected, f"a double tap was answered with {said}")
    await vera.say("/articles")
    require(
        bare(scene.pushed.title)[:80] in bare(vera.screen.text), "the list of articles does not begin with the new one"
    )


async def push_post(scene: Scene, text: str, origin: str) -> None:
    """Vera forwards a post of a channel and publishes it."""
    await scene.vera.forward(text, origin)
    await publish_short(scene, text)


async def push_file(scene: Scene, name: str, text: str) -> None:
    """Vera sends a text file and publishes it."""
    await scene.vera.send_file(name, text.encode())
    await publish_short(scene, text)


async def publish_short(scene: Scene, text: str) -> None:
    """File and publish the draft that has just come in."""
    vera = scene.vera
    require(has(vera, vera.t.short("Publish")), f"the bot did not take the article: {quoted(vera.screen)}")
    scene.manuscripts.append(Manuscript.of(await drafted(scene), CITY, text))
    await file_and_publish(vera, CITY)


async def file_and_publish(vera: Person, rubric: str) -> None:
    """Press the buttons of the draft that is on the screen."""
    await vera.press(vera.t.short("Choose a rubric"))
    await vera.press(labelled(rubric))
    toast = await vera.press(vera.t.short("Publish"))
    require(toast is not None and toast.text == vera.t("Published"), f"it was not published: {quoted(vera.screen)}")


async def look_at_removed(vera: Person, article: Article) -> None:
    """Vera looks at what was taken out of the text; every removed piece must be on those screens."""
    if not article.removed:
        return
    await vera.press(vera.t.short("Removed pieces"))
    shown = [bare(vera.screen.text)]
    while "▶" in vera.screen.labels and len(shown) < SCREENS_LIMIT:
        await vera.press("▶")
        shown.append(bare(vera.screen.text))
    for removed in article.removed:
        piece = bare(removed.block.text)[:SEEN_OF_A_PIECE]
        require(piece in "".join(shown), f"a removed piece is not shown: {removed.block.text[:60]}")
    await vera.press(vera.t.short("◀ To the draft"))


async def drafted(scene: Scene) -> Article:
    """Return the newest draft; raises Unmet when the card that should show it is not there."""
    require(has(scene.vera, scene.vera.t.short("Publish")), f"there is no draft: {quoted(scene.vera.screen)}")
    _, button = scene.vera.player.find(scene.vera.t.short("Publish"))
    return await scene.app.newsroom.article(ArticleId(Publish.unpack(button.data or "").article))


def has(person: Person, label: str) -> bool:
    """Return whether the bot's newest message has that button."""
    return label in person.screen.labels


def labelled(rubric: str) -> str:
    """Return what a rubric of the paper looks like on a button."""
    return next(f"{emoji} {name}" for emoji, name in rubrics() if name == rubric)


def quoted(message: Message) -> str:
    """Return the first lines of a message, on one."""
    text = " ".join(message.text.split())
    return f"“{text[:200]}{'…' if len(text) > 200 else ''}”"
