import { limited } from "../limited.ts";

/** Permission state of a device; `null` if unknown. */
export type DevicePermission = (device: "microphone" | "camera") => Promise<PermissionState | null>;

/** Milliseconds after which a query counts as unanswered. */
const patience = 1000;

/**
 * Permissions of this page (W3C Permissions). Absent in some engines: Firefox supports both names since 131, WebViews often
 * none.
 */
export const devicePermission: DevicePermission = async (device) => {
  try {
    const query = navigator.permissions.query({ name: device });
    return (await limited(query, patience)).state;
  } catch {
    return null;
  }
};

/** Devices of a host: the permission is unknown. */
export const unknownPermission: DevicePermission = () => Promise.resolve(null);
