import type { ProblemCode } from '../../core/state.ts';
import type { PanelMessages, RemedyMessages } from '../../locales/panels-messages.ts';
import { BROWSER_NAMES, type Browser } from './browser.ts';

function allow({ name, mobile, system }: Browser, remedies: RemedyMessages): readonly string[] {
  // Apps of iOS have the microphone from the system; only Safari asks for each site.
  if (system === 'ios' && name !== 'safari') return remedies.system('ios', BROWSER_NAMES[name] ?? 'Safari');
  return remedies.allow[mobile ? (`${name}-mobile` as const) : name];
}

function systemSteps({ name, system }: Browser, t: PanelMessages): readonly string[] {
  return t.remedies.system(system, BROWSER_NAMES[name] ?? (t.lang === 'ar' ? 'المتصفح' : 'the browser'));
}

/**
 * What to do in this browser so that the microphone works, step by step; empty when the problem is not the
 * microphone's. The menus are those of the browsers' current versions.
 */
export function remedyOf(code: ProblemCode, browser: Browser, t: PanelMessages): string[] {
  const { remedies } = t;
  const { name, mobile } = browser;
  switch (code) {
    case 'microphone-denied':
      return [...allow(browser, remedies)];
    case 'microphone-dismissed':
      return [...(name === 'firefox' ? remedies.askAgainFirefox : remedies.askAgain)];
    case 'microphone-denied-by-system':
      return [...systemSteps(browser, t)];
    case 'microphone-not-allowed-here':
      return [...remedies.frame];
    case 'microphone-missing':
      return [...(mobile ? remedies.missingMobile : remedies.missing)];
    case 'microphone-unavailable':
      if (mobile) return [...remedies.inUseMobile];
      return name === 'firefox' ? [remedies.inUseFirefox, ...remedies.inUse] : [...remedies.inUse];
    case 'insecure-page':
      return [...remedies.insecure];
    default:
      return [];
  }
}
