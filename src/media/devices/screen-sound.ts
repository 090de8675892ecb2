import { limited, NoAnswer } from "../limited.ts";

/** W3C Region Capture and Screen Capture. Absent in TypeScript's DOM library. */
interface Croppable {
  cropTo?(target: object | null): Promise<void>;
}

/** Milliseconds for the first picture of a cropped tab. */
const cropMilliseconds = 2000;

/**
 * Returns `true` where the other side's voice is in the sound of a shared screen, and would come back to it as an echo: in the sound of
 * the system, and of this tab, unless the engine confirms that it leaves out what this page plays (`restrictOwnAudio`: Chromium 141 for
 * the system's sound, none for a tab, measured in 156). A source that tells nothing of its surface is the host's own, and not judged.
 */
export async function hasOwnSound(
  picture: MediaStreamTrack,
  sound: MediaStreamTrack,
): Promise<boolean> {
  const { displaySurface } = picture.getSettings();
  const { restrictOwnAudio } = sound.getSettings() as { readonly restrictOwnAudio?: boolean };
  if (restrictOwnAudio === true || displaySurface === undefined) return false;
  return displaySurface !== "browser" || isOwnTab(picture);
}

/**
 * Only a picture of this tab can be cropped to an element in it, also from a frame. Where that cannot be asked, or is not answered, it
 * counts as this tab.
 */
async function isOwnTab(picture: MediaStreamTrack & Croppable): Promise<boolean> {
  const { CropTarget } = globalThis as {
    CropTarget?: { fromElement(element: Element): Promise<object> };
  };
  if (CropTarget === undefined || picture.cropTo === undefined) return true;
  try {
    const target = await CropTarget.fromElement(document.documentElement);
    await limited(picture.cropTo(target), cropMilliseconds);
    return true;
  } catch (thrown) {
    return thrown instanceof NoAnswer;
  } finally {
    void picture.cropTo(null).catch(() => undefined);
  }
}
