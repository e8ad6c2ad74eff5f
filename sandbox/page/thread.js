/** Owns the list of messages of the open chat: order, days, and a scroll position that never jumps. */
import { fillBubble, makeBubble, markWaiting, settleQuotes } from "./bubble.js";
import { dayKey, dayTitle, demoNow, moment } from "./dates.js";
import { $, h, show } from "./dom.js";
import { t } from "./words.js";

const EDGE = 8;
const NEAR_BOTTOM = 48;
const TAP_MEMORY_MS = 30_000;
const SERIES_S = 300;

const scroll = $("scroll");
const thread = $("thread");
const down = $("down");
const downCount = $("down-count");

let context = null;
let shown = new Map();
let latest = null;
let pinned = true;
let unseen = 0;
let tap = null;

/** Shows a chat's messages from its end; `chat` tells who is who: `isMine`, `authorOf`, `waiting`, `namesAuthors`. */
export function openThread(chat, messages) {
  context = chat;
  shown = new Map();
  latest = null;
  tap = null;
  unseen = 0;
  thread.replaceChildren();
  for (const message of messages) place(message);
  for (const element of shown.values()) settleQuotes(element);
  showEmptyNote();
  toBottom();
}

/** Brings the thread level with the messages after a gap, touching only what changed. */
export function syncThread(messages) {
  const known = new Set(messages.map((message) => message.message_id));
  for (const id of [...shown.keys()]) if (!known.has(id)) removeMessage(id);
  for (const message of messages) upsertMessage(message);
}

/** Adds or changes a message; the reader's place is kept. */
export function upsertMessage(message) {
  const element = shown.get(message.message_id);
  if (element) change(element, message);
  else append(message);
}

export function removeMessage(id) {
  const element = shown.get(id);
  if (!element) return;
  shown.delete(id);
  if (latest === element) latest = [...shown.values()].at(-1) ?? null;
  keepingPlace(() => {
    const before = element.previousElementSibling;
    const after = element.nextElementSibling;
    element.remove();
    if (before?.matches(".day") && (!after || after.matches(".day"))) before.remove();
  }, element);
  showEmptyNote();
}

/** Remembers a tap, so that the answer to it is shown from its first line. */
export function rememberTap(id) {
  tap = { id, until: performance.now() + TAP_MEMORY_MS };
}

/** Forgets the tap: who scrolls meanwhile has chosen another place to read. */
function forgetTap() {
  tap = null;
}

/** Starts or stops the waiting mark on a message's button. */
export function markButton(id, data, waiting) {
  const element = shown.get(id);
  if (element) markWaiting(element, data, waiting);
}

export const hasMessages = () => shown.size > 0;

/** Scrolls back to an earlier message that holds the tag, after the last one it is in; says whether there is one. */
export function scrollToHashtag(tag, from) {
  const holders = [...shown.values()].filter((element) =>
    [...element.querySelectorAll("[data-hashtag]")].some(
      (mark) => mark.dataset.hashtag.toLowerCase() === tag.toLowerCase(),
    ),
  );
  const next = holders.at(holders.indexOf(from) - 1);
  if (!next || next === from) return false;
  next.scrollIntoView({ block: "start" });
  return true;
}

export function toBottom() {
  pinned = true;
  scroll.scrollTop = scroll.scrollHeight;
  seeAll();
}

function append(message) {
  const mine = context.isMine(message);
  const wasPinned = pinned;
  const element = place(message);
  settleQuotes(element);
  showEmptyNote();
  element.classList.add("fresh");
  if (mine) toBottom();
  else if (wasPinned) reveal(element);
  else countUnseen();
}

/** Shows a new message whole, or from its first line when it is taller than the window. */
function reveal(element) {
  const top = element.offsetTop - EDGE;
  scroll.scrollTop = Math.min(top, scroll.scrollHeight - scroll.clientHeight);
  notePlace();
}

function change(element, message) {
  const answersTap = tap?.id === message.message_id && performance.now() < tap.until;
  const before = element.getBoundingClientRect();
  const refill = () => {
    fillBubble(element, message, describe(message));
    settleQuotes(element);
  };
  if (answersTap) {
    refill();
    showFromTop(element, before.top);
  } else keepingPlace(refill, element);
}

/** Keeps the first line of an edited message where it was; moves it only to let more of the message be seen. */
function showFromTop(element, topBefore) {
  const view = scroll.getBoundingClientRect();
  const now = element.getBoundingClientRect();
  const highest = view.top + EDGE;
  const fitting = view.bottom - EDGE - now.height;
  const wanted = Math.max(highest, Math.min(topBefore, fitting));
  scroll.scrollTop += now.top - wanted;
  notePlace();
}

/** Makes a change so that what is being read stays still on the screen. */
function keepingPlace(makeChange, changing) {
  const wasPinned = pinned;
  const anchor = firstVisible(changing);
  const before = anchor?.getBoundingClientRect().top;
  makeChange();
  if (wasPinned && !coversWindow(changing)) scroll.scrollTop = scroll.scrollHeight;
  else if (anchor?.isConnected) scroll.scrollTop += anchor.getBoundingClientRect().top - before;
  notePlace();
}

function coversWindow(element) {
  return element.isConnected && element.getBoundingClientRect().height > scroll.clientHeight;
}

/** Finds the first message on the screen, rather another one than the one about to change. */
function firstVisible(changing) {
  const top = scroll.getBoundingClientRect().top;
  const visible = [...shown.values()].filter((element) => element.getBoundingClientRect().bottom > top);
  return visible[0] === changing && changing.getBoundingClientRect().top < top
    ? changing
    : (visible.find((element) => element !== changing) ?? changing);
}

/** Puts a message at the end: ids of a chat only grow. */
function place(message) {
  const element = makeBubble(message, { mine: context.isMine(message), ...describe(message) });
  const previous = latest;
  const day = dayKey(moment(message.date));
  element.dataset.day = day;
  element.dataset.date = message.date;
  if (previous?.dataset.day !== day) thread.append(daySeparator(message, day));
  else if (isSeries(previous, element)) element.classList.add("series");
  thread.append(element);
  shown.set(message.message_id, element);
  latest = element;
  return element;
}

function isSeries(previous, element) {
  const sameSide = previous.classList.contains("in") === element.classList.contains("in");
  return sameSide && element.dataset.date - previous.dataset.date < SERIES_S && !previous.classList.contains("keyed");
}

function daySeparator(message, day) {
  return h("p", { class: "day", data: { day } }, h("span", {}, dayTitle(moment(message.date), demoNow())));
}

/** Renames the separators: "today" becomes "yesterday" when the clock moves on. */
export function renameDays() {
  for (const separator of thread.querySelectorAll(".day")) {
    separator.firstChild.textContent = dayTitle(new Date(`${separator.dataset.day}T09:00:00Z`), demoNow());
  }
}

function describe(message) {
  return {
    author: context.authorOf(message),
    waiting: context.waiting(),
    isNamed: context.namesAuthors && !context.isMine(message),
  };
}

function showEmptyNote() {
  const note = thread.querySelector(".empty");
  if (hasMessages()) note?.remove();
  else if (!note)
    thread.replaceChildren(h("div", { class: "empty" }, h("strong", {}, t("emptyChat")), h("p", {}, t("emptyHint"))));
}

function distanceToBottom() {
  return scroll.scrollHeight - scroll.clientHeight - scroll.scrollTop;
}

function notePlace() {
  pinned = distanceToBottom() < NEAR_BOTTOM;
  if (pinned) seeAll();
  show(down, !pinned);
}

function countUnseen() {
  unseen += 1;
  downCount.textContent = String(unseen);
  show(downCount, true);
  show(down, true);
}

function seeAll() {
  unseen = 0;
  show(downCount, false);
  show(down, false);
}

scroll.addEventListener("scroll", notePlace, { passive: true });
for (const gesture of ["wheel", "touchmove"]) scroll.addEventListener(gesture, forgetTap, { passive: true });
new ResizeObserver(() => {
  if (pinned) scroll.scrollTop = scroll.scrollHeight;
  else notePlace();
}).observe(scroll);
down.addEventListener("click", toBottom);
