/** Owns the page as a whole: which chat is open, and what reaches which part of it. */
import { createUser, moveClock, setBlocked } from "./api.js";
import { summaryOf } from "./bubble.js";
import { drawChats, drawHead, endAction, showAction } from "./chats.js";
import { keepDraft, loadCommands, openComposer, submit, takeDrops } from "./composer.js";
import { demoNow, setNow, shortWeekday, timeOf, weekday } from "./dates.js";
import { askClock, askForward, askReader } from "./dialogs.js";
import { $, icon, show } from "./dom.js";
import { attachMenu } from "./menu.js";
import { forwardPost } from "./outbox.js";
import * as session from "./session.js";
import { answerPresses } from "./taps.js";
import { hasMessages, openThread, removeMessage, renameDays, syncThread, upsertMessage } from "./thread.js";
import { announce, toast } from "./toasts.js";
import { t, translatePage } from "./words.js";

const CLOCK_TICK_MS = 1000;
const THEMES = ["auto", "light", "dark"];

const page = document.documentElement;
const openedChat = () => session.chats.get(session.openedId());
const whenFails = (promise) => promise.catch((error) => toast(t("failed", { reason: error.message })));

/** Opens the chat that the address names, or the list when it names none. */
async function followAddress() {
  const chat = session.chats.get(Number(location.hash.slice(1)));
  closeMenu();
  const messages = chat && (await session.openChat(chat.id));
  if (messages === null) return;
  keepDraft();
  page.dataset.view = chat ? "chat" : "list";
  $("chat").toggleAttribute("data-empty", !chat);
  if (!chat) return session.closeChat();
  drawHead(chat);
  openComposer(chat);
  openThread(viewpoint(chat), messages);
  drawDock();
  if (matchMedia("(hover: hover)").matches) $("text").focus({ preventScroll: true });
}

/** Brings the page level with the server after the first reading and after every gap. */
async function onResynced() {
  const chat = openedChat();
  if (!chat) return followAddress();
  syncThread(session.messagesOf(chat.id));
  drawHead(chat);
  drawDock();
}

function viewpoint(chat) {
  const isMine = (message) => message.from?.id === session.playerOf(chat)?.id;
  return {
    isMine,
    authorOf: (message) =>
      isMine(message) ? t("you") : (message.from?.first_name ?? message.sender_chat?.title ?? t("bot")),
    waiting: () => session.waitingIn(chat.id),
    namesAuthors: chat.type !== "private",
  };
}

/** Shows the composer, or the one button that Telegram shows in its place. */
function drawDock() {
  const chat = openedChat();
  if (!chat) return;
  const action = chat.blocked ? "unblock" : hasMessages() ? null : "start";
  show($("composer"), action === null);
  show($("dock-action"), action !== null);
  if (action) $("dock-action").textContent = t(action);
  $("dock-action").dataset.action = action ?? "";
}

async function setBlock(chat, blocked) {
  await whenFails(setBlocked(chat.user_id, blocked));
}

function menuItems() {
  const chat = openedChat();
  const own = [
    { icon: "forward", text: t("forward"), act: () => forwardTo(chat) },
    { icon: "clock", text: t("clockTitle"), act: chooseClock },
  ];
  if (chat.type !== "private") return own;
  return [
    ...own,
    {
      icon: "block",
      text: t(chat.blocked ? "unblockBot" : "block"),
      act: () => setBlock(chat, !chat.blocked),
      danger: !chat.blocked,
    },
  ];
}

async function forwardTo(chat) {
  const post = await askForward();
  if (post?.text.trim()) await forwardPost(chat, post);
}

async function addReader() {
  const wanted = await askReader();
  if (!wanted) return;
  const user = await createUser(wanted);
  await session.refresh();
  location.hash = String([...session.chats.values()].find((chat) => chat.user_id === user.id)?.id ?? user.id);
}

async function chooseClock() {
  const move = await askClock();
  if (move) await goTo(move);
}

async function goTo(move) {
  const buttons = [$("morning"), ...document.querySelectorAll("[data-clock]")];
  for (const button of buttons) button.disabled = true;
  try {
    const { now } = await moveClock(move);
    setNow(new Date(now));
    drawClock();
    toast(t("clockMoved", { day: weekday(demoNow()), time: timeOf(demoNow()) }));
  } catch (error) {
    toast(t("failed", { reason: error.message }));
  } finally {
    for (const button of buttons) button.disabled = false;
  }
}

let drawnDay = "";
function drawClock() {
  const now = demoNow();
  for (const time of document.querySelectorAll("[data-clock-time]")) time.textContent = timeOf(now);
  for (const day of document.querySelectorAll("[data-clock-day]"))
    day.textContent = `${shortWeekday(now)}, ${t("moscow")}`;
  if (drawnDay === shortWeekday(now)) return;
  drawnDay = shortWeekday(now);
  renameDays();
  drawChats();
}

function drawTheme() {
  const theme = page.dataset.theme ?? "auto";
  const label = t({ auto: "themeAuto", light: "themeLight", dark: "themeDark" }[theme]);
  $("theme").replaceChildren(icon(theme));
  $("theme").title = label;
  $("theme").setAttribute("aria-label", label);
  document.querySelector("meta[name=theme-color]").content = getComputedStyle(
    document.querySelector(".bar"),
  ).backgroundColor;
}

function nextTheme() {
  const theme = THEMES[(THEMES.indexOf(page.dataset.theme ?? "auto") + 1) % THEMES.length];
  if (theme === "auto") delete page.dataset.theme;
  else page.dataset.theme = theme;
  try {
    localStorage.setItem("svodka-theme", theme);
  } catch {
    /* Without storage the choice lasts as long as the page. */
  }
  drawTheme();
}

function onMessage({ detail: { chat, message, isNew } }) {
  if (chat.id !== session.openedId()) return;
  const view = viewpoint(chat);
  upsertMessage(message);
  if (!view.isMine(message)) {
    endAction(chat);
    announce(t("newMessage", { name: view.authorOf(message), text: summaryOf(message) }));
  }
  if (isNew) drawDock();
}

const listeners = {
  chats: () => drawChats(),
  clock: () => drawClock(),
  message: onMessage,
  delete: ({ detail }) => {
    if (detail.chatId === session.openedId()) removeMessage(detail.messageId);
  },
  action: ({ detail }) => {
    if (detail.chatId === session.openedId()) showAction(openedChat(), detail.action);
  },
  commands: () => loadCommands(),
  resynced: () => whenFails(onResynced()),
  line: ({ detail }) => show($("offline"), !detail.online),
  blocked: () => {
    const chat = openedChat();
    if (!chat) return;
    drawHead(chat);
    drawDock();
  },
};

translatePage();
$("offline").textContent = t("offline");
drawTheme();
const closeMenu = attachMenu($("menu"), menuItems);
answerPresses($("thread"), session.changes);
takeDrops($("chat"));
for (const [type, listener] of Object.entries(listeners)) session.changes.addEventListener(type, listener);
addEventListener("hashchange", () => whenFails(followAddress()));
$("back").addEventListener("click", () => {
  location.hash = "";
});
$("theme").addEventListener("click", nextTheme);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawTheme);
$("new-reader").addEventListener("click", () => whenFails(addReader()));
$("morning").addEventListener("click", () => goTo({ to: "08:00" }));
for (const button of document.querySelectorAll("[data-clock]")) button.addEventListener("click", chooseClock);
$("dock-action").addEventListener("click", () => {
  if ($("dock-action").dataset.action === "unblock") setBlock(openedChat(), false);
  else submit("/start");
});
setInterval(drawClock, CLOCK_TICK_MS);
session.startSession();
