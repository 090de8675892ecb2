// The view first: its inner elements look for their call when they are upgraded.
import "./define/sx-call-view.ts";
import "./define/sx-incoming-call.ts";
import "./define/sx-call-controls.ts";
import "./define/sx-call-history.ts";
import "./define/sx-call-history-item.ts";
import "./define/sx-security-code.ts";
import "./define/sx-device-menu.ts";
import "./define/sx-connection-check.ts";
