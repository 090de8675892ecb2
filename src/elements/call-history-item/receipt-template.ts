import { html, nothing, type TemplateResult } from "lit";
import type { CallRecord } from "../../call/record.ts";
import { spokenDuration } from "../shared/duration.ts";
import type { Localize } from "../words/strings.ts";

const by = { local: "receiptByYou", remote: "receiptByThem", none: "receiptByNone" } as const;

/** A record comes from the host's storage, and may be of an older kit, which had none of these figures. */
const isNumber = (given: unknown): given is number =>
  typeof given === "number" && Number.isFinite(given) && given >= 0;

/** Renders what a person or a support team asks of a call afterwards; nothing for a record without figures. */
export function renderReceipt(
  record: CallRecord,
  localize: Localize,
  language: string,
): TemplateResult | typeof nothing {
  const rows = rowsOf(record, localize, language);
  if (rows.length === 0) return nothing;
  return html`<details class="receipt" part="receipt">
    <summary part="receipt-button">${localize("receipt")}</summary>
    <dl>
      ${rows.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
  </details>`;
}

function rowsOf(
  record: CallRecord,
  localize: Localize,
  language: string,
): readonly (readonly [name: string, value: string])[] {
  const { gapSeconds, protectedPercent, bytesSent, bytesReceived, ending } = record;
  const { durationSeconds, reconnections, relayed, verified, connectedAt } = record;
  if (!isNumber(gapSeconds) && !isEnding(ending)) return [];
  const rows: (readonly [string, string])[] = [];
  if (connectedAt !== undefined && isNumber(gapSeconds)) {
    rows.push([localize("receiptDuration"), spokenDuration(durationSeconds, language)]);
    const count = new Intl.NumberFormat(language).format(
      isNumber(reconnections) ? reconnections : 0,
    );
    const seconds = spokenDuration(gapSeconds, language);
    rows.push([localize("receiptGaps"), gapSeconds > 0 ? `${count} (${seconds})` : count]);
    if (typeof relayed === "boolean")
      rows.push([localize("path"), localize(relayed ? "relayed" : "pathDirect")]);
    if (isNumber(protectedPercent)) {
      const percent = new Intl.NumberFormat(language, { style: "percent" });
      rows.push([
        localize("receiptProtected"),
        percent.format(Math.min(100, protectedPercent) / 100),
      ]);
    }
    const isSame = localize(verified === true ? "protection.verified" : "receiptNotVerified");
    rows.push([localize("securityCode"), isSame]);
    if (isNumber(bytesSent) && isNumber(bytesReceived)) {
      const megabytes = new Intl.NumberFormat(language, {
        ...{ style: "unit", unit: "megabyte", maximumFractionDigits: 1 },
      });
      rows.push([localize("receiptData"), megabytes.format((bytesSent + bytesReceived) / 1e6)]);
    }
  }
  if (isEnding(ending)) {
    const { problem } = ending;
    const code = problem === "too-large" ? "bad-signal" : problem;
    // A call that was connected had a connection.
    const isLost = code === "connection-failed" && connectedAt !== undefined;
    const why = code === null ? "" : localize(isLost ? "connectionLost" : `error.${code}`);
    rows.push([localize("receiptEnd"), why || localize(by[ending.by])]);
  }
  return rows;
}

function isEnding(given: unknown): given is NonNullable<CallRecord["ending"]> {
  return typeof given === "object" && given !== null && "by" in given && String(given.by) in by;
}
