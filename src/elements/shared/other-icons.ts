// All icons, those of the history, the connection check and the conversation included: the page of a call without them does not have these.
import type { TemplateResult } from "lit";
import { renderIcon } from "./first-icons.ts";
import { icons } from "./icons.ts";

export type AnyIconName = keyof typeof allIcons;

/** Any icon of the kit. */
export const anyIcon = (name: AnyIconName, variant = ""): TemplateResult =>
  renderIcon(allIcons[name], variant);

// Made by .tools/make-icons.mjs from @phosphor-icons/core 2.1.1 (https://phosphoricons.com). Do not edit the table.
//
// MIT License
//
// Copyright (c) 2023 Phosphor Icons
//
// Permission is hereby granted, free of charge, to any person obtaining a copy
// of this software and associated documentation files (the "Software"), to deal
// in the Software without restriction, including without limitation the rights
// to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
// copies of the Software, and to permit persons to whom the Software is
// furnished to do so, subject to the following conditions:
//
// The above copyright notice and this permission notice shall be included in all
// copies or substantial portions of the Software.
//
// THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
// IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
// FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
// AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
// LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
// OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
// SOFTWARE.
/* prettier-ignore */
const otherIcons = {
  "a-large-small": "M34 19a5 5 0 0 0-8 0L2 70a5 5 0 0 0 8 4l6-12h28l6 12a5 5 0 0 0 8-4ZM20 53l10-21 10 21Zm55-21q-7 0-12 4a5 5 0 1 0 6 6l6-2q7 1 8 6v2l-8-1q-15 1-16 15c-1 14 7 15 16 15l8-3a5 5 0 0 0 9-2V47q-2-14-17-15m0 36q-6-1-7-6 0-7 7-6 9 1 8 6-2 7-8 6",
  "arrow-up": "M78 45a5 5 0 0 1-6 0L53 26v55a5 5 0 0 1-9 0V26L24 45a5 5 0 0 1-6-6l27-27a5 5 0 0 1 6 0l27 27a5 5 0 0 1 0 6",
  "circle-check": "M48 9a39 39 0 1 0 39 39A39 39 0 0 0 48 9m17 32L44 62h-4l-9-9a3 3 0 0 1 4-4l7 7 19-19a3 3 0 0 1 4 4",
  "circle-x": "M48 9a39 39 0 1 0 39 39A39 39 0 0 0 48 9m14 49a3 3 0 0 1-4 4L48 52 38 62a3 3 0 0 1-4-4l10-10-10-10a3 3 0 0 1 4-4l10 10 10-10a3 3 0 0 1 4 4L52 48Z",
  "phone-incoming": "M84 69a21 21 0 0 1-21 18C33 87 9 63 9 33a21 21 0 0 1 18-21 6 6 0 0 1 7 4l7 17v6l-8 10q5 9 15 14l9-8 6-1v1l17 7a6 6 0 0 1 4 7M57 42h15a3 3 0 0 0 0-6h-8l13-13a3 3 0 0 0-4-4L60 32v-8a3 3 0 0 0-6 0v15z",
  "phone-missed": "m55 37 7-7-7-7a3 3 0 0 1 4-4l7 7 7-7a3 3 0 0 1 4 4l-7 7 7 7a3 3 0 0 1-4 4l-7-7-7 7a3 3 0 0 1-4-4m25 25-17-7v-1l-6 1-9 8q-10-5-15-14l8-10 1-6-8-17a6 6 0 0 0-7-4A21 21 0 0 0 9 33c0 30 24 54 54 54a21 21 0 0 0 21-18 6 6 0 0 0-4-7",
  "phone-off": "M89 61a6 6 0 0 1-7 2l-19-7-3-4-3-11a29 29 0 0 0-18 0l-3 11-3 4-19 7h-2l-5-2q-9-15 2-27c21-21 57-21 78 0q11 12 2 27m-8 11H15a3 3 0 0 0 0 6h66a3 3 0 0 0 0-6",
  "phone-outgoing": "M55 41v-4l13-13h-8a3 3 0 0 1 0-6h15l3 3v15a3 3 0 0 1-6 0v-8L59 41zm25 21-17-7v-1l-6 1-9 8q-10-5-15-14l8-10 1-6-8-17a6 6 0 0 0-7-4A21 21 0 0 0 9 33c0 30 24 54 54 54a21 21 0 0 0 21-18 6 6 0 0 0-4-7",
};

const allIcons = { ...icons, ...otherIcons };
