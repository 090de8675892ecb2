/** Whether a person has asked for less motion. */
export const wantsStillness = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

/**
 * Lets elements glide to where a change puts them, instead of jumping there: only what the compositor does without the page.
 *
 * @param change - returns once the new places are drawn.
 */
export async function glide(
  elements: readonly HTMLElement[],
  change: () => Promise<unknown>,
): Promise<void> {
  const before = elements.map((element) => element.getBoundingClientRect());
  await change();
  if (wantsStillness()) return;
  elements.forEach((element, index) => {
    const [from, to] = [before[index], element.getBoundingClientRect()];
    if (!from?.width || !to.width || !to.height) return;
    const steps = [
      {
        transformOrigin: "0 0",
        transform: `translate(${from.x - to.x}px, ${from.y - to.y}px) scale(${from.width / to.width}, ${from.height / to.height})`,
      },
      { transformOrigin: "0 0", transform: "none" },
    ];
    element.animate(steps, { duration: 240, easing: "cubic-bezier(0.2, 0.8, 0.2, 1)" });
  });
}
