/** Owns the talk with the local Telegram's control API: requests that explain their failures, and the event stream. */
import { t } from "./words.js";

const FIRST_DELAY_MS = 400;
const LONGEST_DELAY_MS = 4000;

async function request(method, path, body) {
  const json = body !== undefined && !(body instanceof FormData);
  let response;
  try {
    response = await fetch(`control/${path}`, {
      method,
      body: json ? JSON.stringify(body) : body,
      headers: json ? { "Content-Type": "application/json" } : {},
    });
  } catch {
    throw new Error(t("noServer"));
  }
  const text = await response.text();
  const answer = text ? parsed(text) : {};
  if (!response.ok)
    throw new Error(answer.description ?? answer.error ?? answer.message ?? (text || String(response.status)));
  return answer;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

export const readState = () => request("GET", "state");
export const readMessages = async (chatId) => (await request("GET", `chats/${chatId}/messages`)).messages;
export const createUser = (user) => request("POST", "users", user);
export const sendMessage = (chatId, message) => request("POST", `chats/${chatId}/messages`, message);
export const sendTap = (tap) => request("POST", "taps", tap);
export const setBlocked = (userId, blocked) => request("POST", "block", { user_id: userId, blocked });
export const moveClock = (move) => request("POST", "clock", move);

/** Uploads a file into a chat as the given person. */
export function sendFile(chatId, from, file, caption) {
  const form = new FormData();
  form.append("from", String(from));
  form.append("caption", caption);
  form.append("file", file, file.name);
  return request("POST", `chats/${chatId}/files`, form);
}

/** Returns the commands a person sees in a chat, as a list. */
export async function readCommands(userId, chatId) {
  const answer = await request("GET", `commands?user_id=${userId}&chat_id=${chatId}`);
  return Array.isArray(answer) ? answer : (answer.commands ?? []);
}

/**
 * Follows the server's events for ever. `resync` gets the number of the last event received (null at first), reads a
 * snapshot and returns the number to listen on from; `receive` gets every later event in order, after a gap perhaps some
 * that the snapshot holds already; `status` hears whether the line is up.
 */
export function follow({ resync, receive, status }) {
  let delay = FIRST_DELAY_MS;
  let last = null;

  async function connect() {
    try {
      last = await resync(last);
    } catch {
      return retry();
    }
    const source = new EventSource(`control/events?after=${last}`);
    source.onopen = () => {
      delay = FIRST_DELAY_MS;
      status(true);
    };
    source.onmessage = ({ data, lastEventId }) => {
      last = Number(lastEventId) || last;
      receive(JSON.parse(data));
    };
    source.onerror = () => {
      source.close();
      retry();
    };
  }

  function retry() {
    status(false);
    setTimeout(connect, delay);
    delay = Math.min(delay * 2, LONGEST_DELAY_MS);
  }

  addEventListener("online", () => {
    delay = FIRST_DELAY_MS;
  });
  return connect();
}
