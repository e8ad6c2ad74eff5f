"""What an editor types when asked: a new title, a new rubric's name, a text that replaces an article's."""

from aiogram import Bot, Router
from aiogram.types import CallbackQuery, Message

from bot import callbacks as to
from bot import incoming
from bot.desk import Cards, Desk
from bot.filters import Answering, IsEditor
from bot.i18n import Translator
from bot.linking import Linking
from bot.show import show
from bot.views import desk as view
from digests.articles import ArticleId, UserId
from digests.corrections import Corrections
from digests.newsroom import Newsroom
from digests.questions import Question, QuestionBook
from digests.readers import ChatId
from digests.rubrics import NAME_LIMIT
from digests.sources.worker import Worker

TITLE, RUBRIC, TEXT, CORRECTION = "title", "rubric", "text", "correction"


def router() -> Router:
    """Return the router of the desk's questions and their answers."""
    answers = Router(name="desk_answers")
    answers.message.filter(IsEditor())
    answers.callback_query.filter(IsEditor())
    answers.callback_query.register(ask_title, to.AskTitle.filter())
    answers.callback_query.register(ask_rubric, to.AskRubric.filter())
    answers.callback_query.register(ask_text, to.AskText.filter())
    answers.callback_query.register(ask_correction, to.AskCorrection.filter())
    answers.message.register(correction, Answering(CORRECTION))
    answers.message.register(title, Answering(TITLE))
    answers.message.register(rubric, Answering(RUBRIC))
    answers.message.register(text, Answering(TEXT))
    return answers


async def ask_title(
    query: CallbackQuery, callback_data: to.AskTitle, t: Translator, newsroom: Newsroom, questions: QuestionBook
) -> None:
    """Ask for a new title."""
    article = await newsroom.article(ArticleId(callback_data.article))
    await questions.ask(ChatId(query.from_user.id), TITLE, str(article.id))
    await show(query, view.question(t, t("Send the new title. Now it is: {title}", title=view.quoted(article.title))))


async def ask_rubric(query: CallbackQuery, callback_data: to.AskRubric, t: Translator, questions: QuestionBook) -> None:
    """Ask for a new rubric's name."""
    await questions.ask(ChatId(query.from_user.id), RUBRIC, str(callback_data.article))
    text = t("Send the new rubric's name, up to {n} characters. An emoji before it becomes its mark.", n=NAME_LIMIT)
    await show(query, view.question(t, text))


async def ask_text(query: CallbackQuery, callback_data: to.AskText, t: Translator, questions: QuestionBook) -> None:
    """Ask for a text that replaces an article's."""
    await questions.ask(ChatId(query.from_user.id), TEXT, str(callback_data.article))
    text = t(
        "Send the whole new text in one message, as a file (.txt, .html, .md, .docx) or as a link to its page. The old "
        "one stays until then."
    )
    await show(query, view.question(t, text))


async def ask_correction(
    query: CallbackQuery, callback_data: to.AskCorrection, t: Translator, newsroom: Newsroom, questions: QuestionBook
) -> None:
    """Ask what was wrong."""
    article = await newsroom.article(ArticleId(callback_data.article))
    await questions.ask(ChatId(query.from_user.id), CORRECTION, str(article.id))
    text = t(
        "What was wrong in {title}? Write one sentence: what is right and what it said before. It comes once, at the "
        "head of the next digest, to those who were sent the article before its last change.",
        title=view.quoted(article.title),
    )
    await show(query, view.question(t, text))


async def title(
    message: Message, question: Question, t: Translator, newsroom: Newsroom, desk: Desk, questions: QuestionBook
) -> None:
    """The new title is here."""
    article = await newsroom.retitle(ArticleId(int(question.argument)), message.text or message.caption or "")
    await questions.drop(ChatId(message.chat.id))
    await show(message, await desk.card(t, article))


async def rubric(
    message: Message, question: Question, t: Translator, newsroom: Newsroom, desk: Desk, questions: QuestionBook
) -> None:
    """The new rubric's name is here: make it and file the article there."""
    emoji, name = incoming.rubric_name(message.text or "")
    made = await newsroom.add_rubric(name, emoji)
    article = await newsroom.file_under(ArticleId(int(question.argument)), made.id)
    await questions.drop(ChatId(message.chat.id))
    await show(message, await desk.card(t, article))


async def correction(
    message: Message, question: Question, t: Translator, corrections: Corrections, questions: QuestionBook
) -> None:
    """The correction is here."""
    said = message.text or message.caption or ""
    article = await corrections.announce(ArticleId(int(question.argument)), said, UserId(message.chat.id))
    await questions.drop(ChatId(message.chat.id))
    await show(message, view.correction_taken(t, article))


async def text(
    message: Message, question: Question, bot: Bot, t: Translator, newsroom: Newsroom, desk: Desk, cards: Cards,
    questions: QuestionBook, worker: Worker, linking: Linking,
) -> None:  # fmt: skip
    """The new text is here, or a link to it: cut it anew."""
    blocks = await incoming.document(bot, message.document, worker) if message.document else incoming.blocks(message)
    blocks = await linking.meant(blocks)
    number, editor = ArticleId(int(question.argument)), UserId(message.chat.id)
    article = await newsroom.replace_text(number, message.message_id, blocks, editor)
    await questions.drop(ChatId(message.chat.id))
    await cards.replace(message, article.id, await desk.submitted(t, article))
