/** USB: HID Usage Tables, pages 0x0B (Telephony Device) and 0x08 (LED). The page is in the upper 16 bits. */
export const TELEPHONY_PAGE = 0x0b;
export const HOOK_SWITCH = 0x0b_0020;
export const FLASH = 0x0b_0021;
export const PHONE_MUTE = 0x0b_002f;

export const LED_MUTE = 0x08_0009;
export const LED_OFF_HOOK = 0x08_0017;
export const LED_RING = 0x08_0018;
