// Icons of a call.
import type { TemplateResult } from "lit";
import { firstIcons, renderIcon } from "./first-icons.ts";

export type IconName = keyof typeof icons;

/** These have a direction. */
const directed: readonly string[] = ["volume-2", "message-square-text"];

/** An icon of a call. */
export const icon = (name: IconName, variant = ""): TemplateResult =>
  renderIcon(icons[name], directed.includes(name) ? `${variant} directed` : variant);

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
const callIcons = {
  "arrow-left-right": "M81 69 69 81a5 5 0 0 1-6-6l4-4H18a5 5 0 0 1 0-9h49l-4-5a5 5 0 0 1 6-6l12 12a5 5 0 0 1 0 6M27 45a5 5 0 0 0 6-6l-4-4h49a5 5 0 0 0 0-9H29l4-5a5 5 0 0 0-6-6L15 27a5 5 0 0 0 0 6Z",
  "bluetooth": "M75 62 56 48l19-14a5 5 0 0 0 0-8L51 8a5 5 0 0 0-7 4v27L27 26a5 5 0 0 0-6 8l20 14-20 14a5 5 0 1 0 6 8l17-13v27a5 5 0 0 0 7 4l24-18a5 5 0 0 0 0-8M53 21l12 9-12 9Zm0 54V57l12 9Z",
  "chevron-up": "M81 63a5 5 0 0 1-6 0L48 36 21 63a5 5 0 0 1-6-6l30-30a5 5 0 0 1 6 0l30 30a5 5 0 0 1 0 6",
  "ellipsis": "M59 48a11 11 0 1 1-11-10 11 11 0 0 1 11 10M18 38a11 11 0 1 0 11 10 11 11 0 0 0-11-10m60 0a11 11 0 1 0 11 10 11 11 0 0 0-11-10",
  "expand": "M83 18v18a5 5 0 0 1-9 0v-7L59 44a5 5 0 0 1-7-7l15-14h-7a5 5 0 0 1 0-9h18a5 5 0 0 1 5 4M37 52 23 67v-7a5 5 0 0 0-9 0v18a5 5 0 0 0 4 5h18a5 5 0 0 0 0-9h-7l15-15a5 5 0 0 0-7-7",
  "headphones": "M87 48v21a9 9 0 0 1-9 9h-6a9 9 0 0 1-9-9V54a9 9 0 0 1 9-9h9a33 33 0 0 0-33-30 33 33 0 0 0-33 30h9a9 9 0 0 1 9 9v15a9 9 0 0 1-9 9h-6a9 9 0 0 1-9-9V48a39 39 0 0 1 67-28 39 39 0 0 1 11 28",
  "keyboard": "M84 18H12a6 6 0 0 0-6 6v48a6 6 0 0 0 6 6h72a6 6 0 0 0 6-6V24a6 6 0 0 0-6-6M24 63h-6a3 3 0 0 1 0-6h6a3 3 0 0 1 0 6m36 0H36a3 3 0 0 1 0-6h24a3 3 0 0 1 0 6m18 0h-6a3 3 0 0 1 0-6h6a3 3 0 0 1 0 6m0-12H18a3 3 0 0 1 0-6h60a3 3 0 0 1 0 6m0-12H18a3 3 0 0 1 0-6h60a3 3 0 0 1 0 6",
  "lock": "M78 30H66v-9a18 18 0 0 0-36 0v9H18a6 6 0 0 0-6 6v42a6 6 0 0 0 6 6h60a6 6 0 0 0 6-6V36a6 6 0 0 0-6-6m-42-9a12 12 0 0 1 24 0v9H36Z",
  "lock-keyhole": "M78 30H66v-9a18 18 0 0 0-36 0v9H18a6 6 0 0 0-6 6v42a6 6 0 0 0 6 6h60a6 6 0 0 0 6-6V36a6 6 0 0 0-6-6M48 62a5 5 0 1 1 5-5 5 5 0 0 1-5 5m12-32H36v-9a12 12 0 0 1 24 0Z",
  "maximize": "M83 18v15a5 5 0 0 1-9 0V23H63a5 5 0 0 1 0-9h15a5 5 0 0 1 5 4M33 74H23V63a5 5 0 0 0-9 0v15a5 5 0 0 0 4 5h15a5 5 0 0 0 0-9m45-15-4 4v11H63a5 5 0 0 0 0 9h15a5 5 0 0 0 5-5V63a5 5 0 0 0-5-4M33 14H18l-4 4v15a5 5 0 0 0 9 0V23h10a5 5 0 0 0 0-9",
  "message-square-text": "M81 18H15a6 6 0 0 0-6 6v60l3 5 3 1 4-1 12-11h50a6 6 0 0 0 6-6V24a6 6 0 0 0-6-6M60 57H36a3 3 0 0 1 0-6h24a3 3 0 0 1 0 6m0-12H36a3 3 0 0 1 0-6h24a3 3 0 0 1 0 6",
  "mic": "M30 48V24a18 18 0 0 1 36 0v24a18 18 0 0 1-36 0m48 0a3 3 0 0 0-6 0 24 24 0 0 1-48 0 3 3 0 0 0-6 0 30 30 0 0 0 27 30v12a3 3 0 0 0 6 0V78a30 30 0 0 0 27-30",
  "mic-off": "M80 86h-4L64 73l-13 5v12a3 3 0 0 1-6 0V78a30 30 0 0 1-27-30 3 3 0 0 1 6 0 24 24 0 0 0 24 24l12-3-4-5a18 18 0 0 1-26-16V36L16 20a3 3 0 0 1 4-4l60 66zm-9-23h1l3-2 3-13a3 3 0 0 0-6 0l-2 11zM61 52a3 3 0 0 0 5-2V24a18 18 0 0 0-34-7v3Z",
  "monitor-up": "m63 84-3 3H36a3 3 0 0 1 0-6h24zm24-60v42a9 9 0 0 1-9 9H18a9 9 0 0 1-9-9V24a9 9 0 0 1 9-9h60a9 9 0 0 1 9 9M59 40l-9-9h-4l-9 9a3 3 0 0 0 4 4l4-4v17a3 3 0 0 0 6 0V40l4 4a3 3 0 0 0 4-4",
  "pause": "M81 18v60a6 6 0 0 1-6 6H60a6 6 0 0 1-6-6V18a6 6 0 0 1 6-6h15a6 6 0 0 1 6 6m-45-6H21a6 6 0 0 0-6 6v60a6 6 0 0 0 6 6h15a6 6 0 0 0 6-6V18a6 6 0 0 0-6-6",
  "picture-in-picture-2": "M81 18H15a6 6 0 0 0-6 6v48a6 6 0 0 0 6 6h66a6 6 0 0 0 6-6V24a6 6 0 0 0-6-6m0 54H51V48h30z",
  "play": "m90 48-3 5-54 33h-6l-3-5V15l3-5h6l54 33z",
  "shield-alert": "M78 15H18a6 6 0 0 0-6 6v21c0 20 10 32 18 38 8 7 17 10 17 10h2s9-3 17-10c8-6 18-18 18-38V21a6 6 0 0 0-6-6M45 36a3 3 0 0 1 6 0v15a3 3 0 0 1-6 0Zm3 33a5 5 0 1 1 5-4 5 5 0 0 1-5 4",
  "shield-check": "M78 15H18a6 6 0 0 0-6 6v21c0 20 10 32 18 38 8 7 17 10 17 10h2s9-3 17-10c8-6 18-18 18-38V21a6 6 0 0 0-6-6M65 41 44 62h-4l-9-9a3 3 0 0 1 4-4l7 7 19-19a3 3 0 0 1 4 4",
  "shield-ellipsis": "M84 21v21c0 20-10 32-18 38-8 7-17 10-17 10h-2s-9-3-17-10c-8-6-18-18-18-38V21a6 6 0 0 1 6-6h60a6 6 0 0 1 6 6M35 51a5 5 0 1 0 0-9 5 5 0 0 0 0 9m13 0a5 5 0 1 0 0-9 5 5 0 0 0 0 9m14 0a5 5 0 1 0 0-9 5 5 0 0 0 0 9",
  "shield-half": "M78 14H18a8 8 0 0 0-7 7v21c0 20 9 33 18 39q15 11 18 10h2q3 1 18-10c9-6 18-19 18-39l1-21a8 8 0 0 0-8-7m-1 28q0 20-15 32l-14 8-14-8Q20 62 20 42V23h57ZM48 18H15v24c0 23 15 38 33 44",
  "shield-off": "M84 21v21q0 14-5 23l-3 1-44-48a2 2 0 0 1 2-3h44a6 6 0 0 1 6 6m-64-8a3 3 0 0 0-5 3l-3 5v21c0 20 10 32 18 38 8 7 17 10 17 10h2s9-3 17-10l4-3 6 6a3 3 0 1 0 4-4Z",
  "switch-camera": "M78 21H68l-6-8-2-1H36l-2 1-6 8H18a9 9 0 0 0-9 9v42a9 9 0 0 0 9 9h60a9 9 0 0 0 9-9V30a9 9 0 0 0-9-9M59 62a18 18 0 0 1-23-1v2a3 3 0 0 1-6 0v-9l3-3h9a3 3 0 0 1 0 6h-2a12 12 0 0 0 15 1 3 3 0 0 1 4 4m7-17-3 3h-9a3 3 0 0 1 0-6h2a12 12 0 0 0-15-1 3 3 0 0 1-4-4 18 18 0 0 1 23 1v-2a3 3 0 0 1 6 0Z",
  "user-x": "M74 73a3 3 0 0 1-2 5H9a3 3 0 0 1-2-5q8-10 20-14a26 26 0 1 1 27 0q12 4 20 14m19-25H75a3 3 0 0 0 0 6h18a3 3 0 0 0 0-6",
  "video-off": "M96 30v36l-1 3-4-1-12-8-1-1V37l1-1 12-8h4zM20 13a3 3 0 1 0-4 4l3 4h-7a6 6 0 0 0-6 6v42a6 6 0 0 0 6 6h56l8 8a3 3 0 1 0 4-4Zm49 45 3-1V27a6 6 0 0 0-6-6H39l-1 3Z",
  "volume-2": "M60 12v72l-1 3-4-1-24-19-1-1V30l1-1 24-19h4zM23 30H12a6 6 0 0 0-6 6v24a6 6 0 0 0 6 6h11l1-1V32zm47 8v4a9 9 0 0 1 0 12 3 3 0 1 0 4 4 15 15 0 0 0 0-20zm15-10a3 3 0 1 0-4 4 24 24 0 0 1 0 32 3 3 0 1 0 4 4 30 30 0 0 0 0-40",
  "wifi-off": "M80 79a3 3 0 1 1-4 4L63 69 53 82l-5 2-5-2L4 35l-1-5 2-4 12-7-1-2v-4h4Zm13-49-2-4a70 70 0 0 0-43-14l-16 2-1 2 39 43 2-1 20-23z",
  "x": "M78 72a5 5 0 0 1-6 6L48 54 24 78a5 5 0 0 1-6-6l24-24-24-24a5 5 0 0 1 6-6l24 24 24-24a5 5 0 0 1 6 6L54 48Z",
};

export const icons = { ...firstIcons, ...callIcons };
