import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { openAgentBrowser, type AgentBrowser } from './browser.ts';
import { CallCenterPage } from './call-center-page.ts';
import { startRunningDemo, type RunningDemo } from './running-demo.ts';

let demo: RunningDemo;
let browser: AgentBrowser;
before(async () => {
  demo = await startRunningDemo();
  browser = await openAgentBrowser();
});
after(async () => {
  await browser.close();
  await demo.close();
});

interface Look {
  name: string;
  border: string;
  background: string;
  color: string;
  outline: string;
}

/** How every control in there that can be pressed looks, each while it has the focus. */
function looks(within: Locator): Promise<Look[]> {
  return within.locator('button:not([disabled]), input, select, textarea').evaluateAll((controls) =>
    controls
      .filter((control) => control.checkVisibility() && getComputedStyle(control).opacity !== '0')
      .map((control) => {
        (control as HTMLElement).focus({ focusVisible: true });
        const { borderTopColor, borderTopWidth, backgroundColor, color, outlineStyle, outlineWidth } =
          getComputedStyle(control);
        return {
          name: control.getAttribute('part') ?? control.className,
          border: `${borderTopWidth} ${borderTopColor}`,
          background: backgroundColor,
          color,
          outline: `${outlineStyle} ${outlineWidth}`,
        };
      }),
  );
}

function assertSeen(controls: readonly Look[]): void {
  assert.ok(controls.length > 3);
  for (const { name, border, background, color, outline } of controls) {
    assert.match(border, /^[1-9]/, `${name} has no border`);
    assert.notEqual(border.replace(/^\S+ /, ''), background, `${name}: its border is not seen`);
    assert.notEqual(color, background, `${name}: what is on it is not seen`);
    assert.match(outline, /^(solid|auto) [1-9]/, `${name} does not show the focus`);
  }
}

for (const colorScheme of ['dark', 'light'] as const) {
  test(`forced colours (${colorScheme}): every control is seen, shows the focus, and hang-up is the one in red`, async () => {
    const page = await CallCenterPage.open(browser, demo.url);
    await page.page.emulateMedia({ forcedColors: 'active', colorScheme });
    await page.dialer.locator('[part=call-button]').waitFor();
    assertSeen(await looks(page.dialer));
    await page.call('00');
    await page.until('open');
    const talking = await looks(page.dialer);
    assertSeen(talking);
    const red = talking.filter(({ background }) => {
      const [r, g, b] = (/\d+, \d+, \d+/.exec(background)?.[0] ?? '0, 0, 0').split(', ').map(Number);
      return r! > 150 && g! < 80 && b! < 80;
    });
    assert.deepEqual(
      red.map(({ name }) => name),
      ['hang-up-button'],
    );
    // What hides the rows that scroll below it has the colour of the panel.
    const [under, panel] = await page.dialer
      .locator('[part=hang-up-button]')
      .evaluate((button) => [
        getComputedStyle(button).boxShadow,
        getComputedStyle(button.closest('section')!).backgroundColor,
      ]);
    assert.ok(under.startsWith(panel), `${under} on ${panel}`);
    await page.page.waitForTimeout(1000);
    await page.hangUp();
    await page.page.close();
  });
}
