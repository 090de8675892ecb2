import { SxDeviceMenu } from "../elements/device-menu/device-menu.ts";
import { register } from "./register.ts";

register(SxDeviceMenu);
