import type { PermissionKind, Localize } from "../../words/strings.ts";

const kinds: readonly PermissionKind[] = [
  "chrome-desktop",
  "chrome-android",
  "safari-ios",
  "safari-mac",
  "firefox",
  "edge",
  "webview-android",
  "webview-ios",
  "other",
];

/** What a browser tells of itself. */
export interface BrowserFacts {
  readonly userAgent: string;
  /** User agent client hints, where there are any. */
  readonly userAgentData?: { readonly brands?: readonly { readonly brand: string }[] };
  readonly maxTouchPoints?: number;
}

/**
 * Which browser or WebView this is, as far as it decides where a person allows a device. It says nothing of what it can do: nobody
 * but the help with permissions may ask.
 */
export function permissionKind({
  userAgent,
  userAgentData,
  maxTouchPoints = 0,
}: BrowserFacts): PermissionKind {
  const has = (pattern: RegExp) => pattern.test(userAgent);
  if (has(/Android/)) {
    const isWebView =
      has(/; wv\)/) ||
      (userAgentData?.brands ?? []).some(({ brand }) => brand === "Android WebView");
    if (isWebView) return "webview-android";
    return has(/Firefox\//) ? "firefox" : has(/Chrome\//) ? "chrome-android" : "other";
  }
  // An iPad says that it is a Mac. Browsers of others are apps there, which the Settings app knows by their name.
  if (has(/iPhone|iPad|iPod/) || (has(/Macintosh/) && maxTouchPoints > 1)) {
    return has(/Safari\//) && !has(/CriOS|FxiOS|EdgiOS|OPT\//) ? "safari-ios" : "webview-ios";
  }
  if (has(/Electron\//)) return "other";
  if (has(/Firefox\//)) return "firefox";
  if (has(/Edg\//)) return "edge";
  if (has(/Chrome\//)) return "chrome-desktop";
  return has(/Macintosh/) && has(/Safari\//) ? "safari-mac" : "other";
}

/**
 * How to allow a device, in two sentences.
 * @param given - what the host says: one of the kinds, or its own words; "" where it says nothing.
 */
export function permissionWords(given: string, facts: BrowserFacts, localize: Localize): string {
  const known = kinds.find((kind) => kind === given);
  if (given !== "" && known === undefined) return given;
  return localize(`permission.${known ?? permissionKind(facts)}`);
}
