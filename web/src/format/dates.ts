const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

/** Formats an instant in the browser's locale and time zone. */
export const formatMoment = (instant: string): string => moment.format(new Date(instant));
export const formatDay = (instant: string): string => day.format(new Date(instant));
export const formatTime = (instant: string): string => time.format(new Date(instant));

/** The locale of the formatted dates, for `lang` attributes. */
export const dateLocale: string = moment.resolvedOptions().locale;

export const timeZone: string = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Returns the value of an `<input type="datetime-local">` for an instant, in whole seconds. */
export function toLocalInput(instant: Date): string {
  const shifted = new Date(instant.getTime() - instant.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 19);
}

/**
 * Returns the instant of such a value in the browser's time zone; null if it is not a date. Also
 * null if the API has no such instant: browsers accept years of six digits, it ends with 9999.
 */
export function fromLocalInput(text: string): Date | null {
  const instant = new Date(text);
  if (text === '' || Number.isNaN(instant.getTime())) return null;
  const year = instant.getUTCFullYear();
  return year >= 0 && year <= yearMax ? instant : null;
}

const yearMax = 9999;

/** Returns what is wrong with such a value that is no instant. */
export const momentProblem = (text: string): string =>
  text === '' ? 'Choose a date and a time.' : `Choose a date up to the year ${yearMax}.`;

/** Returns the offset of the browser's time zone at an instant, such as "UTC+02:00". */
export function offsetWords(instant: Date): string {
  const minutes = -instant.getTimezoneOffset();
  const two = (value: number) => String(Math.trunc(value)).padStart(2, '0');
  const size = Math.abs(minutes);
  return minutes === 0 ? 'UTC' : `UTC${minutes < 0 ? '−' : '+'}${two(size / 60)}:${two(size % 60)}`;
}
