/** Owns the demonstration's clock on the page: its faces, and moving it forward. */
import { moveClock } from "./api.js";
import { demoNow, setNow, shortWeekday, timeOf, weekday } from "./dates.js";
import { askClock } from "./dialogs.js";
import { $ } from "./dom.js";
import { toast } from "./toasts.js";
import { t } from "./words.js";

const TICK_MS = 1000;

const every = (selector) => document.querySelectorAll(selector);
let drawnDay = "";
let onNewDay = () => {};

/** Starts the faces; `newDay` is called when the shown day changes. */
export function startClock(newDay) {
  onNewDay = newDay;
  $("morning").addEventListener("click", () => moveTo({ to: "08:00" }));
  for (const button of every("[data-clock]")) button.addEventListener("click", chooseTime);
  setInterval(drawClock, TICK_MS);
}

/** Draws what the clock shows now. */
export function drawClock() {
  const now = demoNow();
  for (const face of every("[data-clock-time]")) face.textContent = timeOf(now);
  for (const face of every("[data-clock-day]")) face.textContent = shortWeekday(now);
  if (drawnDay === shortWeekday(now)) return;
  drawnDay = shortWeekday(now);
  onNewDay();
}

/** Asks where to move the clock, and moves it there. */
export async function chooseTime() {
  const move = await askClock();
  if (move) await moveTo(move);
}

async function moveTo(move) {
  const buttons = [$("morning"), ...every("[data-clock]")];
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
