/** A drawn person, and the room behind. Colours only: both are drawn by the same strokes. */
export interface Portrait {
  readonly skin: string;
  readonly shade: string;
  readonly blush: string;
  readonly hair: string;
  readonly hairLight: string;
  readonly clothes: string;
  readonly clothesShade: string;
  readonly iris: string;
  readonly lips: string;
  readonly wall: readonly [string, string];
  readonly light: string;
  readonly look: "long hair" | "beard and glasses" | "bun";
}

export const portraits = {
  ann: {
    skin: "#f3c7a8",
    shade: "#dfa582",
    blush: "#ee8f7d",
    hair: "#7c3420",
    hairLight: "#a34d2d",
    clothes: "#2f6f6a",
    clothesShade: "#23565a",
    iris: "#3f6b56",
    lips: "#c1534e",
    wall: ["#f6dcc0", "#d9906f"],
    light: "#fff3d6",
    look: "long hair",
  },
  ben: {
    skin: "#8a5a3c",
    shade: "#6c4229",
    blush: "#a25a3f",
    hair: "#1d1716",
    hairLight: "#3a2d29",
    clothes: "#e0a83c",
    clothesShade: "#bd8628",
    iris: "#2b1a12",
    lips: "#8d4a42",
    wall: ["#8fb7d9", "#39548c"],
    light: "#e6f4ff",
    look: "beard and glasses",
  },
  carol: {
    skin: "#dca37c",
    shade: "#bb7f5b",
    blush: "#d6785f",
    hair: "#2a1d2b",
    hairLight: "#4a324c",
    clothes: "#8b4f9f",
    clothesShade: "#6d3a7f",
    iris: "#4a2d20",
    lips: "#a9444c",
    wall: ["#e4d5f2", "#8a6fb5"],
    light: "#fff0fb",
    look: "bun",
  },
} as const satisfies Record<string, Portrait>;

/** The drawing's own size. A phone's picture is upright. */
export const portraitSize = { width: 720, height: 1280 } as const;

/** Draws a person at a time. @param voice loudness of the voice, 0 to 1: the mouth follows it. */
export function drawPortrait(
  context: CanvasRenderingContext2D,
  person: Portrait,
  seconds: number,
  voice: number,
): void {
  drawRoom(context, person, seconds);
  context.save();
  const sway = Math.sin(seconds * 0.7) * 7 + Math.sin(seconds * 0.31) * 6;
  context.translate(360 + sway, 0);
  const breath = Math.sin(seconds * 1.3) * 4;
  if (person.look === "long hair") drawLongHair(context, person, seconds);
  drawBody(context, person, breath);
  context.save();
  // The head nods with the voice and leans a little.
  context.translate(0, 740 + breath * 0.6);
  context.rotate(Math.sin(seconds * 0.53) * 0.035 + Math.sin(seconds * 2.1) * 0.008 * voice);
  context.translate(0, -740 + Math.sin(seconds * 3.1) * 5 * voice);
  drawHead(context, person, seconds, voice);
  context.restore();
  context.restore();
}

function drawRoom(context: CanvasRenderingContext2D, person: Portrait, seconds: number): void {
  const { width, height } = portraitSize;
  const wall = context.createLinearGradient(0, 0, width * 0.6, height);
  wall.addColorStop(0, person.wall[0]);
  wall.addColorStop(1, person.wall[1]);
  context.fillStyle = wall;
  context.fillRect(0, 0, width, height);
  // Sun from a window: two panes on the wall.
  context.save();
  context.globalAlpha = 0.34;
  context.fillStyle = person.light;
  context.transform(1, 0.12, -0.22, 1, 150, 60);
  for (const [x, y] of [
    [0, 0],
    [190, 0],
    [0, 250],
    [190, 250],
  ] as const)
    context.fillRect(x, y, 168, 226);
  context.restore();
  // A plant, out of focus, that moves in a draught.
  context.save();
  context.translate(640, 900);
  for (let leaf = 0; leaf < 7; leaf++) {
    context.save();
    context.rotate(-1.25 + leaf * 0.4 + Math.sin(seconds * 0.6 + leaf) * 0.025);
    const green = context.createLinearGradient(0, 0, 0, -330);
    green.addColorStop(0, "#1f4a3a");
    green.addColorStop(1, "#5d9a6b");
    context.fillStyle = green;
    context.globalAlpha = 0.82;
    context.beginPath();
    context.moveTo(0, 0);
    context.bezierCurveTo(-70, -110, -48, -260, 0, -340);
    context.bezierCurveTo(48, -260, 70, -110, 0, 0);
    context.fill();
    context.restore();
  }
  context.restore();
  // Lights that are far away.
  context.fillStyle = person.light;
  for (let spot = 0; spot < 6; spot++) {
    context.globalAlpha = 0.1 + 0.06 * Math.sin(seconds * 0.8 + spot * 2);
    context.beginPath();
    context.arc(60 + spot * 118, 980 - ((spot * 211) % 420), 26 + ((spot * 37) % 40), 0, 7);
    context.fill();
  }
  context.globalAlpha = 1;
}

function drawBody(context: CanvasRenderingContext2D, person: Portrait, breath: number): void {
  // Neck.
  context.fillStyle = person.shade;
  roundedColumn(context, -72, 690, 144, 240, 60);
  // Shoulders.
  const cloth = context.createLinearGradient(0, 880, 0, 1280);
  cloth.addColorStop(0, person.clothes);
  cloth.addColorStop(1, person.clothesShade);
  context.fillStyle = cloth;
  context.beginPath();
  context.moveTo(-395, 1300);
  context.bezierCurveTo(-372, 1060 - breath, -300, 968 - breath, -104, 908 - breath);
  context.bezierCurveTo(-60, 960 - breath, 60, 960 - breath, 104, 908 - breath);
  context.bezierCurveTo(300, 968 - breath, 372, 1060 - breath, 395, 1300);
  context.fill();
  // The collar.
  context.strokeStyle = person.clothesShade;
  context.lineWidth = 26;
  context.lineCap = "round";
  context.beginPath();
  context.moveTo(-112, 904 - breath);
  context.bezierCurveTo(-64, 972 - breath, 64, 972 - breath, 112, 904 - breath);
  context.stroke();
  context.strokeStyle = "rgb(0 0 0 / 0.1)";
  context.lineWidth = 5;
  for (const side of [-1, 1]) {
    context.beginPath();
    context.moveTo(side * 250, 1110);
    context.quadraticCurveTo(side * 236, 1200, side * 246, 1300);
    context.stroke();
  }
}

/** The hair behind the neck. */
function drawLongHair(context: CanvasRenderingContext2D, person: Portrait, seconds: number): void {
  const wind = Math.sin(seconds * 0.7) * 6;
  context.fillStyle = person.hair;
  context.beginPath();
  context.moveTo(-6, 388);
  context.bezierCurveTo(-250, 380, -238, 640, -236, 760);
  context.bezierCurveTo(-240, 860, -270 + wind, 930, -212 + wind, 1000);
  context.bezierCurveTo(-120, 1030, -90, 960, -60, 900);
  context.lineTo(60, 900);
  context.bezierCurveTo(90, 960, 120, 1030, 212 + wind, 1000);
  context.bezierCurveTo(270 + wind, 930, 240, 860, 236, 760);
  context.bezierCurveTo(238, 640, 250, 380, -6, 388);
  context.fill();
}

function drawHead(
  context: CanvasRenderingContext2D,
  person: Portrait,
  seconds: number,
  voice: number,
): void {
  if (person.look === "bun") {
    context.fillStyle = person.hair;
    ellipse(context, 0, 372, 92, 84);
    ellipse(context, 0, 560, 206, 190);
  }
  // Ears.
  context.fillStyle = person.shade;
  if (person.look !== "long hair")
    for (const side of [-1, 1]) ellipse(context, side * 182, 612, 30, 48);
  // The shadow of the chin on the neck.
  context.fillStyle = "rgb(0 0 0 / 0.16)";
  ellipse(context, 0, 806, 84, 46);
  // The face, lit from the window's side.
  const face = context.createLinearGradient(-190, 420, 190, 800);
  face.addColorStop(0, person.skin);
  face.addColorStop(0.62, person.skin);
  face.addColorStop(1, person.shade);
  context.fillStyle = face;
  facePath(context);
  context.fill();
  context.globalAlpha = 0.26;
  context.fillStyle = person.blush;
  for (const side of [-1, 1]) ellipse(context, side * 112, 690, 46, 32);
  context.globalAlpha = 1;
  if (person.look === "beard and glasses") drawBeard(context, person);
  drawEyes(context, person, seconds);
  // The nose.
  context.strokeStyle = person.shade;
  context.lineWidth = 9;
  context.lineCap = "round";
  context.beginPath();
  context.moveTo(-4, 628);
  context.bezierCurveTo(6, 664, 24, 682, -2, 692);
  context.stroke();
  drawMouth(context, person, voice);
  drawFringe(context, person);
  if (person.look === "beard and glasses") drawGlasses(context);
  else drawEarrings(context, person);
}

function facePath(context: CanvasRenderingContext2D): void {
  context.beginPath();
  context.moveTo(-178, 560);
  context.bezierCurveTo(-184, 396, 184, 396, 178, 560);
  context.bezierCurveTo(182, 690, 128, 822, 0, 826);
  context.bezierCurveTo(-128, 822, -182, 690, -178, 560);
}

function drawEyes(context: CanvasRenderingContext2D, person: Portrait, seconds: number): void {
  // A blink every four seconds or so, and now and then two.
  const phase = seconds % 4.3;
  const open = phase < 0.16 || (phase > 0.32 && phase < 0.44) ? 0.12 : 1;
  const glance = Math.sin(seconds * 0.43) * 7;
  for (const side of [-1, 1]) {
    context.save();
    context.translate(side * 78, 606);
    context.scale(1, open);
    context.fillStyle = "#fffaf5";
    ellipse(context, 0, 0, 34, 23);
    context.save();
    context.beginPath();
    context.ellipse(0, 0, 34, 23, 0, 0, 7);
    context.clip();
    context.fillStyle = person.iris;
    ellipse(context, glance, 0, 19, 20);
    context.fillStyle = "#140d0b";
    ellipse(context, glance, 0, 10, 10);
    context.fillStyle = "rgb(255 255 255 / 0.9)";
    ellipse(context, glance - 6, -7, 5, 5);
    context.restore();
    context.strokeStyle = person.hair;
    context.lineWidth = 8;
    context.beginPath();
    context.ellipse(0, 2, 36, 25, 0, Math.PI * 1.08, Math.PI * 1.92);
    context.stroke();
    context.restore();
    // The brow.
    context.strokeStyle = person.hair;
    context.lineWidth = person.look === "beard and glasses" ? 15 : 10;
    context.lineCap = "round";
    context.beginPath();
    context.moveTo(side * 42, 556);
    context.quadraticCurveTo(side * 84, 536 + Math.sin(seconds * 0.9) * 4, side * 122, 562);
    context.stroke();
  }
}

function drawMouth(context: CanvasRenderingContext2D, person: Portrait, voice: number): void {
  const open = 5 + voice * 34;
  context.fillStyle = "#4a1718";
  context.beginPath();
  context.moveTo(-58, 738);
  context.quadraticCurveTo(0, 744 - voice * 4, 58, 738);
  context.quadraticCurveTo(0, 752 + open * 1.5, -58, 738);
  context.fill();
  // Teeth, where the mouth is open enough.
  if (voice > 0.15) {
    context.fillStyle = "#fdf6f0";
    context.beginPath();
    context.moveTo(-42, 741);
    context.quadraticCurveTo(0, 746, 42, 741);
    context.quadraticCurveTo(0, 748 + voice * 16, -42, 741);
    context.fill();
  }
  context.strokeStyle = person.lips;
  context.lineWidth = 9;
  context.lineCap = "round";
  context.beginPath();
  context.moveTo(-60, 736);
  context.quadraticCurveTo(0, 744 - voice * 4, 60, 736);
  context.moveTo(-50, 742);
  context.quadraticCurveTo(0, 754 + open * 1.5, 50, 742);
  context.stroke();
}

function drawBeard(context: CanvasRenderingContext2D, person: Portrait): void {
  context.fillStyle = person.hair;
  context.globalAlpha = 0.9;
  context.beginPath();
  context.moveTo(-180, 590);
  context.bezierCurveTo(-184, 720, -126, 850, 0, 852);
  context.bezierCurveTo(126, 850, 184, 720, 180, 590);
  context.bezierCurveTo(164, 680, 130, 712, 84, 712);
  context.bezierCurveTo(40, 700, -40, 700, -84, 712);
  context.bezierCurveTo(-130, 712, -164, 680, -180, 590);
  context.fill();
  context.globalAlpha = 1;
  // Around the mouth.
  context.fillStyle = person.skin;
  ellipse(context, 0, 752, 64, 26);
}

function drawFringe(context: CanvasRenderingContext2D, person: Portrait): void {
  const hair = context.createLinearGradient(-180, 380, 180, 560);
  hair.addColorStop(0, person.hairLight);
  hair.addColorStop(0.5, person.hair);
  context.fillStyle = hair;
  context.beginPath();
  if (person.look === "long hair") {
    context.moveTo(-196, 700);
    context.bezierCurveTo(-236, 440, -120, 362, 6, 364);
    context.bezierCurveTo(140, 362, 236, 440, 196, 700);
    context.bezierCurveTo(186, 610, 168, 540, 96, 478);
    context.bezierCurveTo(20, 520, -96, 530, -152, 548);
    context.bezierCurveTo(-178, 590, -186, 640, -196, 700);
    context.fill();
    return;
  }
  if (person.look === "bun") {
    context.moveTo(-190, 590);
    context.bezierCurveTo(-200, 440, -110, 384, 0, 384);
    context.bezierCurveTo(110, 384, 200, 440, 190, 590);
    context.bezierCurveTo(170, 520, 110, 486, 0, 480);
    context.bezierCurveTo(-110, 486, -170, 520, -190, 590);
    context.fill();
    return;
  }
  // Short curls: many small rounds along the head.
  for (let curl = 0; curl <= 16; curl++) {
    const angle = Math.PI * (1.03 + (curl / 16) * 0.94);
    for (const [far, size] of [
      [186, 42],
      [150, 38],
      [118, 30],
    ] as const) {
      context.moveTo(Math.cos(angle) * far, 560);
      ellipse(context, Math.cos(angle) * far, 560 + Math.sin(angle) * far * 0.92, size, size);
    }
  }
}

function drawGlasses(context: CanvasRenderingContext2D): void {
  context.strokeStyle = "#2b2320";
  context.lineWidth = 9;
  for (const side of [-1, 1]) {
    context.fillStyle = "rgb(255 255 255 / 0.12)";
    context.beginPath();
    context.roundRect(side * 78 - 58, 564, 116, 88, 38);
    context.fill();
    context.stroke();
    context.beginPath();
    context.moveTo(side * 136, 596);
    context.lineTo(side * 182, 590);
    context.stroke();
  }
  context.beginPath();
  context.moveTo(-20, 600);
  context.quadraticCurveTo(0, 588, 20, 600);
  context.stroke();
}

function drawEarrings(context: CanvasRenderingContext2D, person: Portrait): void {
  context.fillStyle = person.look === "bun" ? "#f0d48a" : "#f7e3b5";
  for (const side of [-1, 1]) ellipse(context, side * 180, 688, 11, 15);
}

function ellipse(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  context.beginPath();
  context.ellipse(x, y, width, height, 0, 0, 7);
  context.fill();
}

function roundedColumn(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
): void {
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
  context.fill();
}
