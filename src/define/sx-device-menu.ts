import { SxDeviceMenu } from "../elements/device-menu/device-menu.ts";
import { register } from "../elements/shared/register.ts";

register(SxDeviceMenu);
