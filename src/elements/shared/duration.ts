/** A duration as a clock shows it, in the language's digits: `0:05` as `00:05`, from an hour on `1:02:03`. */
export function clockDuration(milliseconds: number, language: string): string {
  const { hours, minutes, seconds } = parts(milliseconds / 1000);
  const digits = (value: number, minimumIntegerDigits = 2) =>
    new Intl.NumberFormat(language, { minimumIntegerDigits, useGrouping: false }).format(value);
  const clock = `${digits(minutes)}:${digits(seconds)}`;
  return hours > 0 ? `${digits(hours, 1)}:${clock}` : clock;
}

/** A duration in words of the language: `1 hr, 2 min`. Seconds are left out from an hour on. */
export function spokenDuration(wholeSeconds: number, language: string): string {
  const { hours, minutes, seconds } = parts(wholeSeconds);
  const say = (value: number, unit: string) =>
    new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short" }).format(value);
  const said: string[] = [];
  if (hours > 0) said.push(say(hours, "hour"));
  if (minutes > 0) said.push(say(minutes, "minute"));
  if (hours === 0 && (seconds > 0 || minutes === 0)) said.push(say(seconds, "second"));
  return new Intl.ListFormat(language, { type: "unit", style: "short" }).format(said);
}

function parts(wholeSeconds: number): { hours: number; minutes: number; seconds: number } {
  const all = Math.max(0, Math.floor(wholeSeconds));
  return { hours: Math.floor(all / 3600), minutes: Math.floor(all / 60) % 60, seconds: all % 60 };
}
