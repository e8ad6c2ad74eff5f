"""Politely refusing what is for editors only: their commands, and buttons that somebody else has made or kept."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot import broadcast_callbacks as broadcasting
from bot import callbacks as to
from bot import link_callbacks as linking
from bot.filters import IsEditor, IsOwner
from bot.i18n import Translator
from bot.middlewares import TOASTS, Toast
from bot.show import show
from bot.views.view import View

EDITORS_COMMANDS = ("add", "done", "drafts", "articles", "send", "announce", "broadcasts")
EDITORS_TARGETS = (
    to.FinishPaste, to.ShowDraft, to.ShowDrafts, to.ShowArticles, to.ShowRemoved, to.ShowRubricChoice, to.FileUnder,
    to.AskRubric, to.AskTitle, to.AskText, to.ShowRelatedChoice, to.ChooseRelated, to.Publish, to.Discard, to.Withdraw,
    to.AskCorrection,
    broadcasting.ShowSendable, broadcasting.AskSend, broadcasting.Proposal, broadcasting.OnBroadcast,
    broadcasting.ShowBroadcasts, linking.OnLink, linking.TakeAnew,
)  # fmt: skip


def router() -> Router:
    """Return the router of refusals; it stands after the desk's own."""
    refusals = Router(name="refusals")
    refusals.message.register(owners_only, Command("team", ignore_case=True), ~IsOwner())
    refusals.message.register(editors_only, Command(*EDITORS_COMMANDS, ignore_case=True), ~IsEditor())
    for target in EDITORS_TARGETS:
        refusals.callback_query.register(not_yours, target.filter(), ~IsEditor(), flags=TOASTS)
    return refusals


async def editors_only(message: Message, t: Translator) -> None:
    """An editor's command from somebody else."""
    text = t("This command is for the newsroom's editors. If you are one, ask the owner of the bot to add you.")
    await show(message, View(text=text))


async def owners_only(message: Message, t: Translator) -> None:
    """An owner's command from somebody else."""
    await show(message, View(text=t("This command is for the owners of the bot.")))


async def not_yours(_: CallbackQuery, t: Translator) -> Toast:
    """An editor's button pressed by somebody else."""
    return Toast(t("This button is for editors only."), alert=True)
