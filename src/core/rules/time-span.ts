// Times of day in conditions: `09:00-18:00`, or over midnight: `22:00-06:00`. The end is not part of it.

type TimeSpan = { readonly from: number; readonly to: number };

const CLOCK = '([01]?\\d|2[0-3]):([0-5]\\d)';
export const TIME_SPAN_PATTERN = new RegExp(`^\\s*${CLOCK}\\s*-\\s*(?:${CLOCK}|(24):(00))\\s*$`);

function parseTimeSpan(text: string): TimeSpan | null {
  const found = TIME_SPAN_PATTERN.exec(text);
  if (found === null) return null;
  const [, fromHour, fromMinute, toHour = found[5], toMinute = found[6]] = found;
  return {
    from: Number(fromHour) * 60 + Number(fromMinute),
    to: Number(toHour) * 60 + Number(toMinute),
  };
}

/** It throws for text that is no span of time, which a configuration never holds. */
export function compileTimeSpans(texts: readonly string[]): (minuteOfDay: number) => boolean {
  const spans = texts.map((text) => {
    const span = parseTimeSpan(text);
    if (span === null) throw new Error(`not a span of time: ${text}`);
    return span;
  });
  return (minute) => spans.some((span) => isWithin(minute, span));
}

function isWithin(minute: number, { from, to }: TimeSpan): boolean {
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}
