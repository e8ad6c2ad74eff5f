/** Owns how moments are shown: always in the newsroom's zone, whatever the browser's own. */
import { language, t } from "./words.js";

const ZONE = "Europe/Moscow";
const SECOND = 1000;
const DAY = 86_400 * SECOND;
const WEEK_SHOWN_AS_DAYS = 6 * DAY;
const locale = language === "ru" ? "ru-RU" : "en-GB";
const format = (options) => new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options });

const clock = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const longDay = format({ weekday: "long", day: "numeric", month: "long" });
const shortDay = format({ weekday: "short", day: "numeric", month: "long" });
const plainDay = format({ day: "numeric", month: "long" });
const yearDay = format({ day: "numeric", month: "long", year: "numeric" });
const weekdayOnly = format({ weekday: "short" });
const numericDay = format({ day: "2-digit", month: "2-digit", year: "2-digit" });
const key = new Intl.DateTimeFormat("en-CA", { timeZone: ZONE });

/** Turns Bot API seconds into a Date. */
export const moment = (seconds) => new Date(seconds * SECOND);
export const timeOf = (date) => clock.format(date);
export const dayKey = (date) => key.format(date);
export const weekday = (date) => longDay.format(date);
export const shortWeekday = (date) => shortDay.format(date);
export const full = (date) => `${yearDay.format(date)}, ${clock.format(date)}`;

/** Names the day of a separator: today and yesterday in words, an older year with its number. */
export function dayTitle(date, now) {
  if (dayKey(date) === dayKey(now)) return t("today");
  if (dayKey(date) === dayKey(new Date(now.getTime() - DAY))) return t("yesterday");
  return dayKey(date).slice(0, 4) === dayKey(now).slice(0, 4) ? plainDay.format(date) : yearDay.format(date);
}

/** Names a moment in the chat list as briefly as a messenger does. */
export function brief(date, now) {
  if (dayKey(date) === dayKey(now)) return timeOf(date);
  const age = now.getTime() - date.getTime();
  return age > 0 && age < WEEK_SHOWN_AS_DAYS ? weekdayOnly.format(date) : numericDay.format(date);
}

let base = { shown: Date.now(), real: performance.now() };

/** Sets the demonstration's clock; it runs on from there by itself. */
export function setNow(date) {
  base = { shown: date.getTime(), real: performance.now() };
}

export const demoNow = () => new Date(base.shown + performance.now() - base.real);

/** Follows a message's own date when the clock was moved without telling. */
export function noticeDate(seconds) {
  if (Math.abs(seconds * SECOND - demoNow().getTime()) > 90 * SECOND) setNow(moment(seconds));
}
