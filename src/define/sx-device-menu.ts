import { SxDeviceMenu } from "../elements/device-menu/device-menu.ts";
import { register } from "../elements/shared/sx-element.ts";

register(SxDeviceMenu);
