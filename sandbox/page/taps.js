/** Owns what a press inside a message does: buttons, links, commands, spoilers, quotes, copying. */
import { alertBox, confirmLink } from "./dialogs.js";
import { insertText, submit } from "./composer.js";
import { safeAddress } from "./entities.js";
import { bot, chats, openedId, tapButton } from "./session.js";
import { markButton, rememberTap, scrollToHashtag } from "./thread.js";
import { toast } from "./toasts.js";
import { t } from "./words.js";

/** What a press does, innermost things first: the first selector that matches acts. */
const presses = [
  [".row:not(.revealed) .spoiler", revealSpoilers],
  [".key", pressKey],
  ["[data-expand]", toggleQuote],
  ["[data-link]", (link) => openAddress(link.getAttribute("href"))],
  ["[data-command]", ({ dataset }) => submit(dataset.command)],
  ["[data-hashtag]", seekHashtag],
  ["[data-mention]", ({ dataset }) => insertText(`${dataset.mention} `)],
  ["[data-copy]", (element) => copy((element.closest("pre")?.querySelector(".lines") ?? element).textContent)],
  [".expandable.folded", (quote) => toggleQuote(quote.querySelector("[data-expand]"))],
];

/** Starts answering presses in the thread and the bot's answers to them. */
export function answerPresses(thread, changes) {
  thread.addEventListener("click", (event) => {
    if (event.target.closest("[data-link]")) event.preventDefault();
    for (const [selector, act] of presses) {
      const pressed = event.target.closest(selector);
      if (pressed) return act(pressed);
    }
  });
  thread.addEventListener("keydown", (event) => {
    if (event.target.matches(".spoiler") && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      revealSpoilers(event.target);
    }
  });
  changes.addEventListener("waiting", ({ detail }) => {
    if (detail.chatId === openedId()) markButton(detail.messageId, detail.data, detail.on);
  });
  changes.addEventListener("unanswered", ({ detail }) => {
    if (detail.chatId === openedId()) toast(t("noAnswer"));
  });
  changes.addEventListener("answer", ({ detail }) => showAnswer(detail));
}

const openedChat = () => chats.get(openedId());

function revealSpoilers(spoiler) {
  const row = spoiler.closest(".row");
  row.classList.add("revealed");
  for (const each of row.querySelectorAll(".spoiler")) {
    each.removeAttribute("role");
    each.removeAttribute("tabindex");
    each.removeAttribute("aria-label");
  }
}

async function pressKey(key) {
  const { data, url, copyText } = key.dataset;
  if (url !== undefined) return openAddress(url);
  if (copyText !== undefined) return copy(copyText);
  if (data === undefined) return toast(t("unsupportedButton"));
  const id = Number(key.closest(".row").dataset.id);
  rememberTap(id);
  try {
    await tapButton(openedChat(), id, data);
  } catch (error) {
    toast(t("failed", { reason: error.message }));
  }
}

function showAnswer({ userId, text, isAlert, url }) {
  const chat = openedChat();
  if (!chat || (chat.type === "private" && chat.user_id !== userId)) return;
  if (text && isAlert) alertBox(text);
  else if (text) toast(text);
  if (url) openAddress(url);
}

/** Opens an address after a question; a link that starts this very bot is played here, as Telegram does. */
async function openAddress(raw) {
  const address = safeAddress(raw);
  if (!address) return;
  const payload = startPayload(address);
  if (payload !== null) return submit(payload ? `/start ${payload}` : "/start");
  if (await confirmLink(address)) window.open(address, "_blank", "noopener,noreferrer");
}

function startPayload(address) {
  const url = new URL(address);
  const own = (name) => name?.toLowerCase() === bot.username?.toLowerCase();
  const here =
    url.protocol === "tg:"
      ? url.host === "resolve" && own(url.searchParams.get("domain"))
      : /^(www\.)?t(elegram)?\.me$/.test(url.host) && own(url.pathname.slice(1));
  return here ? (url.searchParams.get("start") ?? "") : null;
}

function toggleQuote(toggle) {
  const quote = toggle.closest(".expandable");
  const folded = quote.classList.toggle("folded");
  toggle.setAttribute("aria-expanded", String(!folded));
  toggle.title = t(folded ? "expand" : "collapse");
  toggle.setAttribute("aria-label", toggle.title);
}

function seekHashtag(mark) {
  if (!scrollToHashtag(mark.dataset.hashtag, mark.closest(".row")))
    toast(t("noHashtag", { tag: mark.dataset.hashtag }));
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(t("copied"));
  } catch (error) {
    toast(t("failed", { reason: error.message }));
  }
}
