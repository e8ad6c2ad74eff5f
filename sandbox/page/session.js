/** Owns what the page knows: people, chats, messages, taps that wait for an answer, and what is unread. */
import { follow, readMessages, readState, sendTap } from "./api.js";
import { noticeDate, setNow } from "./dates.js";

const ANSWER_LIMIT_MS = 20_000;
const ANSWERS_KEPT = 50;

export const bot = {};
export const users = new Map();
export const chats = new Map();
export const changes = new EventTarget();

const messages = new Map();
const waiting = new Map();
const answered = new Map();
const deleted = new Set();
let openId = null;
let wantedId = null;
let newcomers = 0;

const tell = (type, detail = {}) => changes.dispatchEvent(new CustomEvent(type, { detail }));

/** Starts following the server. */
export function startSession() {
  return follow({ resync, receive, status: (online) => tell("line", { online }) });
}

/** Makes a chat the open one and returns its messages in order, or null when another was chosen meanwhile. */
export async function openChat(chatId) {
  wantedId = chatId;
  await loadMessages(chatId);
  if (wantedId !== chatId) return null;
  openId = chatId;
  chats.get(chatId).unread = 0;
  tell("chats");
  return messagesOf(chatId);
}

export function closeChat() {
  wantedId = null;
  openId = null;
  tell("chats");
}

export const openedId = () => openId;
export const messagesOf = (chatId) =>
  [...(messages.get(chatId)?.values() ?? [])].sort((a, b) => a.message_id - b.message_id);

/** Tells who plays in a chat: its own person, or the first one known in a group. */
export const playerOf = (chat) => users.get(chat.user_id) ?? [...users.values()][0];
export const nameOf = (chat) => chat.title ?? users.get(chat.user_id)?.first_name ?? String(chat.id);

/** Returns the marks "message:data" of the buttons of a chat that wait for an answer. */
export function waitingIn(chatId) {
  return new Set([...waiting.values()].filter((tap) => tap.chatId === chatId).map((tap) => tap.mark));
}

/** Taps a button; a second tap while the first waits does nothing. */
export async function tapButton(chat, messageId, data) {
  const tap = { chatId: chat.id, messageId, data, mark: `${messageId}:${data}` };
  if ([...waiting.values()].some((other) => other.chatId === tap.chatId && other.mark === tap.mark)) return;
  const key = Symbol("tap");
  waiting.set(key, tap);
  tell("waiting", { ...tap, on: true });
  try {
    const { callback_query_id: id } = await sendTap({
      from: playerOf(chat).id,
      chat_id: chat.id,
      message_id: messageId,
      data,
    });
    tap.id = String(id);
  } catch (error) {
    settle(key);
    throw error;
  }
  if (answered.has(tap.id)) settle(key);
  else setTimeout(() => settle(key) && tell("unanswered", tap), ANSWER_LIMIT_MS);
}

function settle(key) {
  const tap = waiting.get(key);
  if (!tap) return false;
  waiting.delete(key);
  tell("waiting", { ...tap, on: false });
  return true;
}

/** Reads a snapshot; returns where to listen on from: after `last`, or after the snapshot when that is unknown there. */
async function resync(last) {
  const { seq } = await refresh();
  messages.clear();
  deleted.clear();
  if (openId !== null && chats.has(openId)) await loadMessages(openId);
  tell("resynced");
  return last !== null && last <= seq ? last : seq;
}

/** Reads anew who is here; what the page alone knows of a chat (unread) is kept. */
export async function refresh() {
  const state = await readState();
  Object.assign(bot, state.bot);
  setNow(new Date(state.now));
  users.clear();
  for (const user of state.users) users.set(user.id, user);
  const present = new Set(state.chats.map((chat) => chat.id));
  for (const id of [...chats.keys()]) if (!present.has(id)) chats.delete(id);
  for (const chat of state.chats) chats.set(chat.id, Object.assign(chats.get(chat.id) ?? { unread: 0 }, chat));
  tell("chats");
  tell("clock");
  return state;
}

/** Reads a chat's messages; what comes or goes while they are being read is newer than the answer. */
async function loadMessages(chatId) {
  const arrived = new Map();
  messages.set(chatId, arrived);
  const list = await readMessages(chatId);
  const kept = list.filter((message) => !deleted.has(`${chatId}:${message.message_id}`));
  messages.set(chatId, new Map([...kept.map((message) => [message.message_id, message]), ...arrived]));
}

const receivers = {
  message: ({ message }) => keep(message, true),
  edit: ({ message }) => keep(message, false),
  delete: ({ chat_id: chatId, message_id: messageId }) => forget(chatId, messageId),
  action: ({ chat_id: chatId, action }) => tell("action", { chatId, action }),
  callback_answer: answer,
  blocked: ({ user_id: userId, blocked }) => block(userId, blocked),
  chat: meetNew,
  clock: ({ now }) => {
    setNow(new Date(now));
    tell("clock");
  },
  commands: () => tell("commands"),
};

function receive(event) {
  receivers[event.type]?.(event);
}

function keep(message, isNew) {
  const chat = chats.get(message.chat.id);
  if (!chat) return;
  const fromBot = Boolean(message.from?.is_bot);
  const known = messages.get(chat.id)?.has(message.message_id);
  messages.get(chat.id)?.set(message.message_id, message);
  if (isNew) {
    noticeDate(message.date);
    chat.last = lastOf(message);
    if (fromBot && chat.id !== openId) chat.unread += 1;
  } else if (chat.last?.date === message.date) chat.last = lastOf(message);
  tell("message", { chat, message, isNew: isNew && !known });
  tell("chats");
}

function lastOf(message) {
  const text = message.text ?? message.caption ?? message.document?.file_name ?? "";
  return { text, date: message.date, from_bot: Boolean(message.from?.is_bot) };
}

function forget(chatId, messageId) {
  deleted.add(`${chatId}:${messageId}`);
  const chat = chats.get(chatId);
  if (messages.get(chatId)?.delete(messageId) && chat) {
    const last = messagesOf(chatId).at(-1);
    chat.last = last ? lastOf(last) : null;
  }
  tell("delete", { chatId, messageId });
  tell("chats");
}

function answer(event) {
  const id = String(event.callback_query_id);
  answered.set(id, event);
  if (answered.size > ANSWERS_KEPT) answered.delete(answered.keys().next().value);
  for (const [key, tap] of waiting) if (tap.id === id) settle(key);
  tell("answer", { userId: event.user_id, text: event.text ?? "", isAlert: Boolean(event.show_alert), url: event.url });
}

function block(userId, blocked) {
  for (const chat of chats.values()) if (chat.user_id === userId) chat.blocked = blocked;
  tell("blocked", { userId, blocked });
  tell("chats");
}

/** Reads the state once for any number of new chats that come while it is being read. */
async function meetNew() {
  newcomers += 1;
  if (newcomers > 1) return;
  for (let met = 0; met !== newcomers;) {
    met = newcomers;
    await refresh().catch(() => {});
  }
  newcomers = 0;
}
