/** A shared screen is wide. */
export const slideSize = { width: 1280, height: 800 } as const;

const slides = [
  {
    title: "Sunday",
    lines: [
      "10:20  Train from platform 3",
      "11:05  Ferry to the island",
      "12:30  Picnic by the lighthouse",
    ],
  },
  {
    title: "To bring",
    lines: ["Sandwiches and the blue thermos", "Rain jackets, just in case", "The kite"],
  },
  { title: "Back home", lines: ["17:40  Ferry", "18:35  Train", "20:00  Soup at Ann's"] },
] as const;

/** Draws what is on a person's screen: a plan for Sunday, a page every four seconds, and a pointer that moves. */
export function drawSlides(context: CanvasRenderingContext2D, seconds: number): void {
  const { width, height } = slideSize;
  const slide = slides[Math.floor(seconds / 4) % slides.length] ?? slides[0];
  context.fillStyle = "#e9edf5";
  context.fillRect(0, 0, width, height);
  context.fillStyle = "#1d2433";
  context.fillRect(0, 0, width, 56);
  for (const [index, colour] of ["#ff6a5e", "#f6be3f", "#5cc564"].entries()) {
    context.fillStyle = colour;
    context.beginPath();
    context.arc(34 + index * 30, 28, 9, 0, 7);
    context.fill();
  }
  context.fillStyle = "#fff";
  context.font = "600 24px system-ui, sans-serif";
  context.textAlign = "center";
  context.fillText("Our trip", width / 2, 37);
  context.textAlign = "start";
  context.fillStyle = "#fff";
  context.beginPath();
  context.roundRect(90, 120, width - 180, height - 190, 28);
  context.fill();
  context.fillStyle = "#3453cf";
  context.fillRect(150, 196, 12, 84);
  context.fillStyle = "#161b26";
  context.font = "700 76px system-ui, sans-serif";
  context.fillText(slide.title, 196, 264);
  context.font = "40px system-ui, sans-serif";
  context.fillStyle = "#414a5c";
  for (const [index, line] of slide.lines.entries()) context.fillText(line, 196, 376 + index * 92);
  const [x, y] = [820 + Math.sin(seconds * 0.9) * 180, 460 + Math.cos(seconds * 0.7) * 130];
  context.fillStyle = "#161b26";
  context.strokeStyle = "#fff";
  context.lineWidth = 4;
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + 12, y + 44);
  context.lineTo(x + 22, y + 28);
  context.lineTo(x + 42, y + 28);
  context.closePath();
  context.stroke();
  context.fill();
}
