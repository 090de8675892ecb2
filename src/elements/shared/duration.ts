/** Cached: creating a format costs more than a hundred uses, and a list of calls uses it for every row. */
function kept<Format>(make: (language: string) => Format): (language: string) => Format {
  const formats = new Map<string, Format>();
  return (language) => {
    const format = formats.get(language) ?? make(language);
    formats.set(language, format);
    return format;
  };
}

const oneDigit = kept((language) => new Intl.NumberFormat(language, { useGrouping: false }));
const twoDigits = kept((language) => new Intl.NumberFormat(language, { minimumIntegerDigits: 2 }));
const counted = (unit: "hour" | "minute" | "second") =>
  kept(
    (language) => new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short" }),
  );
const hour = counted("hour");
const minute = counted("minute");
const second = counted("second");
const list = kept((language) => new Intl.ListFormat(language, { type: "unit", style: "short" }));

/** Returns a duration in the style of a clock, in the language's digits: `00:05`, from an hour on `1:02:03`. */
export function clockDuration(milliseconds: number, language: string): string {
  const { hours, minutes, seconds } = parts(milliseconds / 1000);
  const { format } = twoDigits(language);
  const clock = `${format(minutes)}:${format(seconds)}`;
  return hours > 0 ? `${oneDigit(language).format(hours)}:${clock}` : clock;
}

/** Returns a duration in words of the language: `1 hr, 2 min`. Without seconds from an hour on. */
export function spokenDuration(wholeSeconds: number, language: string): string {
  const { hours, minutes, seconds } = parts(wholeSeconds);
  const units: string[] = [];
  if (hours > 0) units.push(hour(language).format(hours));
  if (minutes > 0) units.push(minute(language).format(minutes));
  if (hours === 0 && (seconds > 0 || minutes === 0)) units.push(second(language).format(seconds));
  return list(language).format(units);
}

function parts(wholeSeconds: number): { hours: number; minutes: number; seconds: number } {
  const all = Math.max(0, Math.floor(wholeSeconds));
  return { hours: Math.floor(all / 3600), minutes: Math.floor(all / 60) % 60, seconds: all % 60 };
}
