/** The browser as far as its settings differ. On iOS every browser is Safari inside, but has permissions of its own. */
export interface Browser {
  readonly name: 'chrome' | 'edge' | 'firefox' | 'safari' | 'other';
  readonly mobile: boolean;
  readonly system: 'windows' | 'mac' | 'android' | 'ios' | 'linux' | 'other';
}

/** What of `navigator` tells browsers apart. */
export interface BrowserSigns {
  readonly userAgent: string;
  readonly maxTouchPoints?: number;
  readonly userAgentData?: {
    readonly brands: readonly { readonly brand: string }[];
    readonly mobile: boolean;
    readonly platform: string;
  };
}

/** Names as people know them; null where we do not know which it is. */
export const BROWSER_NAMES: Readonly<Record<Browser['name'], string | null>> = {
  chrome: 'Chrome',
  edge: 'Edge',
  firefox: 'Firefox',
  safari: 'Safari',
  other: null,
};

/** First match wins: most browsers call themselves Chrome and Safari as well. */
const NAMES: readonly (readonly [RegExp, Browser['name']])[] = [
  [/\bEdg(e|A|iOS)?\/|Microsoft Edge/, 'edge'],
  [/\bOPR\/|Opera|SamsungBrowser|YaBrowser|Vivaldi|DuckDuckGo|Brave/, 'other'],
  [/\b(Firefox|FxiOS)\//, 'firefox'],
  [/\b(Chrome|CriOS)\/|Google Chrome|Chromium/, 'chrome'],
  [/\bVersion\/.*\bSafari\//, 'safari'],
];

const SYSTEMS: readonly (readonly [RegExp, Browser['system']])[] = [
  [/iPhone|iPad|iPod|^iOS/, 'ios'],
  [/Android/, 'android'],
  [/Windows/, 'windows'],
  [/Mac/, 'mac'],
  [/CrOS|Chrome ?OS|Chromium OS/, 'other'],
  [/Linux|X11/, 'linux'],
];

function first<Value>(table: readonly (readonly [RegExp, Value])[], text: string): Value | undefined {
  return table.find(([pattern]) => pattern.test(text))?.[1];
}

/** Which browser this is, by its client hints where it gives them, else by its user agent string. */
export function browserOf({ userAgent, maxTouchPoints = 0, userAgentData }: BrowserSigns): Browser {
  const brands = userAgentData?.brands.map(({ brand }) => brand).join() ?? '';
  let system = first(SYSTEMS, userAgentData?.platform ?? '') ?? first(SYSTEMS, userAgent) ?? 'other';
  // An iPad calls itself a Mac; no Mac has a touch screen.
  if (system === 'mac' && maxTouchPoints > 1) system = 'ios';
  const mobile =
    userAgentData?.mobile ?? (system === 'ios' || (system === 'android' && /Mobile|Tablet/.test(userAgent)));
  return { name: first(NAMES, `${brands} ${userAgent}`) ?? 'other', mobile: mobile || system === 'ios', system };
}
