"""The tour at the editors' desk: articles that come from elsewhere, by a link and by a feed."""

from bot.callbacks import ShowDrafts
from bot.demo import neighbouring
from bot.demo.checks import Manuscript, bare, require
from bot.demo.editing import drafted, file_and_publish, has, look_at_removed, quoted
from bot.demo.reading import buttons_to
from bot.demo.scene import Scene
from bot.demo.words import CITY, CULTURE, NEIGHBOUR


async def push_link(scene: Scene) -> None:
    """Vera sends a link to a page; what was taken out of its article is shown, and the draft is published."""
    vera = scene.vera
    await vera.say(scene.stage.neighbour.page)
    article = await drafted(scene)
    require(bool(article.removed), "nothing was taken out of the page’s article")
    require(bare(article.title) in bare(vera.received[-2].text), "the preview does not begin with the title")
    await look_at_removed(vera, article)
    scene.manuscripts.append(Manuscript.of(article, CITY, neighbouring.article_text()))
    await file_and_publish(vera, CITY)


async def follow_feed(scene: Scene) -> None:
    """Vera adds a feed; it is polled at once, and its article waits among the drafts, filed by its category."""
    vera = scene.vera
    await vera.say("/sources")
    await vera.press(vera.t.short("Add a source"))
    await vera.say(scene.stage.neighbour.feed)
    news = await scene.told(vera, lambda message: bool(buttons_to(message, ShowDrafts)))
    require(NEIGHBOUR in news.text, f"the message does not name the source: {quoted(news)}")
    await vera.press_on(news, buttons_to(news, ShowDrafts)[0])
    await vera.press("1")
    require(has(vera, vera.t.short("Publish")), f"no draft came of the feed: {quoted(vera.screen)}")
    require(CULTURE in vera.screen.text, f"the draft is not filed by its category: {quoted(vera.screen)}")
