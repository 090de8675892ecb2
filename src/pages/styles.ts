/*
 * What is one file imports its styles before all else. They then stand beside each other, where the compression of a page finds what they
 * share: it looks back over 32 kB only. It saves more than 1 kB, and this order, the best of some hundreds, 0.3 more. Those that a page
 * does not use are left out of it.
 */
import "../elements/incoming-call/incoming-call.styles.ts";
import "../elements/call-view/call-view.styles.ts";
import "../elements/security-code/security-code.styles.ts";
import "../elements/call-view/in-call/in-call.styles.ts";
import "../elements/call-view/share/share.styles.ts";
import "../elements/call-view/in-call/little-room.styles.ts";
import "../elements/call-view/panel/panel.styles.ts";
import "../elements/call-history/call-history.styles.ts";
import "../elements/call-controls/call-controls.styles.ts";
import "../elements/call-view/pictures/pictures.styles.ts";
import "../elements/device-menu/device-menu.styles.ts";
