// Icons of the first chunk: those that are shown before a call runs.
import { html, type TemplateResult } from "lit";

/** Renders an icon in the colour of the text. Hidden from screen readers: the text next to it has the same meaning. */
export const renderIcon = (path: string, variant: string): TemplateResult =>
  html`<svg class="icon ${variant}" viewBox="5 5 86 86" aria-hidden="true" focusable="false">
    <path d=${path} />
  </svg>`;

/** An icon of the first chunk. */
export const firstIcon = (name: keyof typeof firstIcons, variant = ""): TemplateResult =>
  renderIcon(firstIcons[name], variant);

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
export const firstIcons = {
  "phone": "M87 66a21 21 0 0 1-21 18c-30 0-54-24-54-54A21 21 0 0 1 30 9a6 6 0 0 1 7 4l7 17v6l-8 10q5 9 15 14l9-8 6-1v1l17 7a6 6 0 0 1 4 7",
  "triangle-alert": "M89 71 56 14a9 9 0 0 0-16 0L7 71v8a9 9 0 0 0 8 5h66a9 9 0 0 0 8-5zM45 39a3 3 0 0 1 6 0v15a3 3 0 0 1-6 0Zm3 33a5 5 0 1 1 5-4 5 5 0 0 1-5 4",
  "video": "M72 27v42a6 6 0 0 1-6 6H12a6 6 0 0 1-6-6V27a6 6 0 0 1 6-6h54a6 6 0 0 1 6 6m22 0-3 1-12 8-1 1v22l1 1 12 8 4 1 1-3V30z",
};
