import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";

/*
 * Checks the built package as a host's compiler and editor see it. The texts are compiled as in a project that has the package.
 * `@ts-expect-error` marks what must not compile, and fails if it compiles.
 */

const root = fileURLToPath(new URL("../..", import.meta.url)).replaceAll("\\", "/");

const texts: Readonly<Record<string, string>> = {
  "elements.ts": `
    import { CallError, type SxCallView } from "sx-call-kit";
    import "sx-call-kit/define";
    import "sx-call-kit/define/sx-call-history";
    import fr from "sx-call-kit/locales/fr";
    const view: SxCallView = document.createElement("sx-call-view");
    const found: SxCallView | null = document.querySelector("sx-call-view");
    view.addEventListener("sx-signal", ({ detail, currentTarget }) => { console.log(detail.message.type, currentTarget); });
    document.addEventListener("sx-call-ended", ({ detail }) => detail.record.outcome);
    window.addEventListener("sx-state-changed", ({ detail }) => detail.previous);
    document.createElement("sx-call-history").records = [];
    // @ts-expect-error there is no such field
    view.addEventListener("sx-signal", ({ detail }) => detail.massage);
    // @ts-expect-error a property that is only read
    view.state = "idle";
    export const all = [found, fr, new CallError("internal", "")];
  `,
  "global.ts": `
    import type {} from "sx-call-kit/iife";
    import type {} from "sx-call-kit/iife/host";
    const view = document.querySelector("sx-call-view");
    if (view) SxCallHost.connectHost(view, { transport: SxCallHost.auto() });
    export const error = new SxCallKit.CallError("internal", "");
    // @ts-expect-error there is no such export
    SxCallKit.CallHamster;
  `,
  "jsx.tsx": `
    import type {} from "sx-call-kit/jsx";
    import { useRef } from "react";
    import type { SxCallView } from "sx-call-kit";
    export function Call() {
      const view = useRef<SxCallView>(null);
      return <sx-call-view
        ref={view}
        className="call"
        contact-name="Alice"
        relayOnly
        iceServers={[]}
        onsx-signal={({ detail }) => { console.log(detail.message.type); }}
        onsx-accept={(event) => { event.preventDefault(); }}
      />;
    }
    // @ts-expect-error a number of seconds
    export const wrong = <sx-call-view ringTimeout="soon" />;
    // @ts-expect-error there is no such property
    export const unknown = <sx-call-view ringtone="x" />;
  `,
  "react.tsx": `
    import { CallView, CallHistory } from "sx-call-kit/react";
    import { useRef } from "react";
    import type { SxCallView } from "sx-call-kit";
    export function Call() {
      const view = useRef<SxCallView>(null);
      return <CallView ref={view} className="call" contact={{ id: "a", name: "Alice" }} onSxSignal={({ detail }) => { void detail.message; }} />;
    }
    export const history = <CallHistory records={[]} onClick={() => undefined} />;
    // @ts-expect-error a list
    export const wrong = <CallHistory records="none" />;
  `,
  "vue.ts": `
    import type {} from "sx-call-kit/vue";
    import type { GlobalComponents } from "vue";
    type Props = InstanceType<GlobalComponents["sx-call-view"]>["$props"];
    export const props: Props = { contactName: "Alice", "ring-timeout": 5, onSxCallEnded: ({ detail }) => { void detail.record; } };
    // @ts-expect-error a number of seconds
    export const wrong: Props = { ringTimeout: "soon" };
  `,
  "svelte.ts": `
    import type {} from "sx-call-kit/svelte";
    import type { SvelteHTMLElements } from "svelte/elements";
    type Props = SvelteHTMLElements["sx-call-view"];
    export const props: Props = { contactName: "Alice", class: "call", "onsx-call-ended": ({ detail }) => { void detail.record; } };
    // @ts-expect-error a number of seconds
    export const wrong: Props = { ringTimeout: "soon" };
  `,
  // As much of Solid's own types as these build on: the package itself is not installed here.
  "solid-js.d.ts": `
    declare module "solid-js" {
      namespace JSX {
        interface HTMLAttributes<T> { class?: string; ref?: T | ((element: T) => void); }
        interface IntrinsicElements { div: HTMLAttributes<HTMLDivElement>; }
      }
    }
  `,
  "solid.ts": `
    import type {} from "sx-call-kit/solid";
    import type { JSX } from "solid-js";
    type Props = JSX.IntrinsicElements["sx-call-view"];
    export const props: Props = {
      "contact-name": "Alice",
      class: "call",
      "prop:iceServers": [],
      "on:sx-call-ended": ({ detail }) => { void detail.record; },
      ref: (view) => { void view.startCall({ media: "audio" }); },
    };
    // @ts-expect-error a number of seconds
    export const wrong: Props = { "prop:ringTimeout": "soon" };
  `,
  "hosts.ts": `
    import { connectHost, type HostConnection } from "sx-call-kit/hosts/connect-host";
    import { auto } from "sx-call-kit/hosts/auto";
    export const connection: HostConnection = connectHost(document.createElement("sx-call-view"), { transport: auto() });
    // @ts-expect-error what is inside stays inside
    import { readMessage } from "sx-call-kit/hosts/bridge/envelope";
    export { readMessage };
  `,
};

/** Alone: what other files import is known to all of a program. */
const tagsAlone: Readonly<Record<string, string>> = {
  "define.ts": `
    import "sx-call-kit/define";
    const view = document.querySelector("sx-call-view")!;
    view.addEventListener("sx-signal", ({ detail }) => { console.log(detail.message.type); });
    void view.startCall({ media: "video" });
  `,
};
const oneTagAlone: Readonly<Record<string, string>> = {
  "define-view.ts": `
    import "sx-call-kit/define/sx-call-view";
    document.createElement("sx-call-view").relayOnly = true;
  `,
};

function problems(given = texts): string[] {
  const files = Object.fromEntries(
    Object.entries(given).map(([name, text]) => [`${root}test/project/host-${name}`, text]),
  );
  // Declarations are not checked below, since those of the frameworks take a quarter of a minute: ours are, under another name.
  for (const name of given === texts ? ["props", "jsx", "vue", "svelte", "solid"] : []) {
    files[`${root}dist/typings/checked-${name}.ts`] = readFileSync(
      `${root}dist/typings/${name}.d.ts`,
      "utf8",
    );
  }
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.dom.asynciterable.d.ts"],
    types: [],
    jsx: ts.JsxEmit.ReactJSX,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.getSourceFile = (name, target, ...rest) =>
    name in files
      ? ts.createSourceFile(name, files[name]!, target)
      : getSourceFile.call(host, name, target, ...rest);
  host.fileExists = (name) => name in files || fileExists.call(host, name);
  const program = ts.createProgram(Object.keys(files), options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    const name = file?.fileName.replace(root, "") ?? "";
    return `${name}:${String(line)}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}

describe("the types of the built package", () => {
  for (const [what, given] of [
    ["all tags", tagsAlone],
    ["one of them", oneTagAlone],
  ] as const)
    it(
      `come with the registration of ${what}, with nothing else imported`,
      { tags: "long", timeout: 60_000 },
      () => {
        expect(problems(given)).toEqual([]);
      },
    );

  it("know every tag, property and event, for the DOM, JSX, React, Vue, Svelte and Solid, and let nothing else pass", () => {
    expect(problems()).toEqual([]);
  }, 180_000);
});
