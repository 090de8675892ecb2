import { limited } from "../limited.ts";

/** What the browser would do if a page asked for a device now; `null` where it does not say. */
export type DevicePermission = (device: "microphone" | "camera") => Promise<PermissionState | null>;

/** A query that takes longer than this says nothing. Milliseconds. */
const patience = 1000;

/** Of this page (W3C Permissions). Not in every engine: Firefox has both names since 131, WebViews often none. */
export const devicePermission: DevicePermission = async (device) => {
  try {
    const query = navigator.permissions.query({ name: device });
    return (await limited(query, patience)).state;
  } catch {
    return null;
  }
};

/** Of devices that a host brings: nothing is known. */
export const unknownPermission: DevicePermission = () => Promise.resolve(null);
