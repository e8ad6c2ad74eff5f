/** Owns the page as a whole: which chat is open, and what reaches which part of it. */
import { createUser, setBlocked } from "./api.js";
import { summaryOf } from "./bubble.js";
import { drawChats, drawHead, endAction, showAction } from "./chats.js";
import { chooseTime, drawClock, startClock } from "./clock.js";
import { giveBack, keepDraft, loadCommands, openComposer, submit, takeDrops } from "./composer.js";
import { askForward, askReader } from "./dialogs.js";
import { $, show } from "./dom.js";
import { attachMenu } from "./menu.js";
import { forwardPost } from "./outbox.js";
import * as session from "./session.js";
import { answerPresses } from "./taps.js";
import { hasMessages, openThread, removeMessage, renameDays, syncThread, upsertMessage } from "./thread.js";
import { startThemes } from "./themes.js";
import { announce, toast } from "./toasts.js";
import { t, translatePage } from "./words.js";

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
  focusField();
}

/** Puts the cursor into the field where that does not raise an on-screen keyboard. */
function focusField() {
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
  const appears = action === null && $("composer").hidden;
  show($("composer"), action === null);
  show($("dock-action"), action !== null);
  if (appears) focusField();
  if (action) $("dock-action").textContent = t(action);
  $("dock-action").dataset.action = action ?? "";
}

const setBlock = (chat, blocked) => whenFails(setBlocked(chat.user_id, blocked));

function menuItems() {
  const chat = openedChat();
  const own = [
    { icon: "forward", text: t("forward"), act: () => forwardTo(chat) },
    { icon: "clock", text: t("clockTitle"), act: chooseTime },
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
  if (post?.text.trim()) giveBack(chat, await forwardPost(chat, post));
}

async function addReader() {
  const wanted = await askReader();
  if (!wanted) return;
  const user = await createUser(wanted);
  await session.refresh();
  location.hash = String([...session.chats.values()].find((chat) => chat.user_id === user.id)?.id ?? user.id);
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
startThemes();
startClock(() => {
  renameDays();
  drawChats();
});
const closeMenu = attachMenu($("menu"), menuItems);
answerPresses($("thread"), session.changes);
takeDrops($("chat"));
for (const [type, listener] of Object.entries(listeners)) session.changes.addEventListener(type, listener);
addEventListener("hashchange", () => whenFails(followAddress()));
$("back").addEventListener("click", () => {
  location.hash = "";
});
$("new-reader").addEventListener("click", () => whenFails(addReader()));
$("dock-action").addEventListener("click", () => {
  if ($("dock-action").dataset.action === "unblock") setBlock(openedChat(), false);
  else submit("/start");
});
session.startSession();
