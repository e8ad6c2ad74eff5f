/** Owns what the playing person sends: texts of any length, files, forwarded posts; nothing typed is lost. */
import { sendFile, sendMessage } from "./api.js";
import { playerOf } from "./session.js";
import { toast } from "./toasts.js";
import { parseMarkers, splitLong } from "./typing.js";
import { t } from "./words.js";

const SAID_FROM = 4;
const lines = new Map();

/** Runs the sends of one chat one after another, so that a long paste and what follows keep their order. */
function inOrder(chatId, send) {
  const result = (lines.get(chatId) ?? Promise.resolve()).then(send);
  lines.set(
    chatId,
    result.catch(() => {}),
  );
  return result;
}

/** Sends typed text; returns what could not be sent (empty when all went). */
export function sendText(chat, typed, extra = {}) {
  return inOrder(chat.id, async () => {
    const parts = splitLong(parseMarkers(typed));
    if (parts.length >= SAID_FROM) toast(t("sending", { n: parts.length }));
    for (const [index, part] of parts.entries()) {
      try {
        await sendMessage(chat.id, { from: playerOf(chat).id, ...part, ...extra });
      } catch (error) {
        toast(t("notSent", { reason: error.message }));
        return index === 0
          ? typed
          : parts
              .slice(index)
              .map(({ text: rest }) => rest)
              .join("");
      }
    }
    return "";
  });
}

/** Sends a text as if it were forwarded from a channel. */
export function forwardPost(chat, { title, text }) {
  return sendText(chat, text, { forward_origin: title });
}

/** Uploads files one after another; the caption goes with the first. Says whether all went. */
export function sendFiles(chat, files, caption) {
  return inOrder(chat.id, async () => {
    for (const [index, file] of files.entries()) {
      try {
        await sendFile(chat.id, playerOf(chat).id, file, index === 0 ? caption : "");
      } catch (error) {
        toast(t("failed", { reason: error.message }));
        return false;
      }
    }
    return true;
  });
}
