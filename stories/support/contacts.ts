import type { Contact } from "sx-call-kit";

/** A picture drawn here: nothing is fetched. */
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><rect width="96" height="96" fill="#b9cbd6"/><ellipse cx="48" cy="96" rx="36" ry="30" fill="#2f4a6d"/><ellipse cx="48" cy="43" rx="20" ry="24" fill="#3b2a22"/><ellipse cx="48" cy="47" rx="16" ry="20" fill="#dba98a"/></svg>`;

export const ann: Contact = { id: "ann", name: "Ann Petersen" };
export const bob: Contact = {
  id: "bob",
  name: "Bob",
  avatarUrl: `data:image/svg+xml,${encodeURIComponent(drawing)}`,
};
export const noura: Contact = { id: "noura", name: "نورة الأحمد" };
/** A name and an address made to break out of where they are shown. */
export const mallory: Contact = {
  id: "mallory",
  name: `<img src=x onerror="alert(1)">\u202e${"Mallory ".repeat(40)}`,
  avatarUrl: "javascript:alert(1)",
};
