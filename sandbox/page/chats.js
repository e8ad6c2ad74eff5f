/** Owns the list of chats on the left and the head of the open one. */
import { brief, dayKey, demoNow, moment } from "./dates.js";
import { $, h, icon, paintAvatar } from "./dom.js";
import { bot, chats, nameOf, openedId, playerOf } from "./session.js";
import { t } from "./words.js";

const ACTION_MS = 5000;
const DRAW_MS = 100;

const list = $("chats");
const items = new Map();
const looks = new WeakMap();
let actionTimer = 0;
let drawTimer = 0;
let isStale = false;

function roleOf(chat) {
  if (chat.type !== "private") return t(chat.type === "channel" ? "channel" : "group");
  return t(isEditor(chat) ? playerOf(chat).role : "reader");
}

const isEditor = (chat) => chat.type === "private" && ["editor", "owner"].includes(playerOf(chat)?.role);

/** Draws the list: at once, and then not more often than the eye follows, however much happens. */
export function drawChats() {
  isStale = true;
  if (drawTimer) return;
  drawNow();
  drawTimer = setTimeout(() => {
    drawTimer = 0;
    if (isStale) drawChats();
  }, DRAW_MS);
}

/** Draws the list anew, latest chats first; elements are kept, so that focus stays. */
function drawNow() {
  isStale = false;
  const ordered = [...chats.values()].sort((a, b) => (b.last?.date ?? 0) - (a.last?.date ?? 0) || a.id - b.id);
  for (const id of [...items.keys()]) if (!chats.has(id)) items.delete(id);
  const wanted = ordered.map((chat) => drawItem(chat));
  if (wanted.some((item, index) => list.children[index] !== item) || list.children.length !== wanted.length) {
    const focused = document.activeElement;
    list.replaceChildren(...wanted);
    if (focused !== document.activeElement && list.contains(focused)) focused.focus({ preventScroll: true });
  }
  const unread = ordered.reduce((sum, chat) => sum + chat.unread, 0);
  document.title = unread ? `(${unread}) ${t("brand")}` : t("brand");
}

function drawItem(chat) {
  let item = items.get(chat.id);
  if (!item) {
    item = h("li", {}, h("a", { href: `#${chat.id}`, class: "chat-link", data: { chat: chat.id } }));
    items.set(chat.id, item);
  }
  const look = JSON.stringify([chat, roleOf(chat), chat.id === openedId(), dayKey(demoNow())]);
  if (looks.get(item) === look) return item;
  looks.set(item, look);
  const link = item.firstChild;
  if (chat.id === openedId()) link.setAttribute("aria-current", "true");
  else link.removeAttribute("aria-current");
  const avatar = h("span", { class: "avatar", "aria-hidden": "true" });
  paintAvatar(avatar, nameOf(chat), chat.id);
  const name = h("span", { class: "chat-name" }, h("b", { dir: "auto" }, nameOf(chat)), badge(chat));
  link.replaceChildren(
    avatar,
    h("span", { class: "line" }, name, timeOfLast(chat)),
    h("span", { class: "line" }, preview(chat), unreadMark(chat)),
  );
  return item;
}

function badge(chat) {
  return h("span", { class: isEditor(chat) ? "role editor" : "role" }, roleOf(chat));
}

function timeOfLast(chat) {
  if (!chat.last) return null;
  const date = moment(chat.last.date);
  return h("time", { class: "chat-time", datetime: date.toISOString() }, brief(date, demoNow()));
}

function preview(chat) {
  if (chat.blocked) return h("span", { class: "preview" }, icon("block"), t("blocked"));
  if (!chat.last) return h("span", { class: "preview" }, t("noMessages"));
  const text = chat.last.text.replace(/\s+/g, " ");
  return h("span", { class: "preview", dir: "auto" }, chat.last.from_bot ? null : h("i", {}, `${t("you")}: `), text);
}

function unreadMark(chat) {
  if (!chat.unread) return null;
  return h("span", { class: "badge", "aria-label": t("unread", { n: chat.unread }) }, String(chat.unread));
}

/** Draws the head of a chat: whose it is and with whom. */
export function drawHead(chat) {
  paintAvatar($("peer-avatar"), nameOf(chat), chat.id);
  $("peer-name").textContent = nameOf(chat);
  drawStatus(chat);
}

function drawStatus(chat) {
  const status = $("peer-status");
  status.classList.remove("busy");
  status.replaceChildren(badge(chat), chat.blocked ? t("blocked") : t("playing", { username: bot.username }));
}

/** Shows what the bot is doing for as long as Telegram shows it. */
export function showAction(chat, action) {
  clearTimeout(actionTimer);
  $("peer-status").textContent = t(action.startsWith("upload") ? "sendingFile" : "typing");
  $("peer-status").classList.add("busy");
  actionTimer = setTimeout(() => drawStatus(chat), ACTION_MS);
}

/** Ends the bot's shown action: its message has come. */
export function endAction(chat) {
  clearTimeout(actionTimer);
  drawStatus(chat);
}
