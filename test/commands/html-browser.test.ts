/** The pages in a real Chromium: nothing hostile runs, nothing is loaded, and what people do with them works. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM } from '../page/support.js';
import { sandbox } from '../support/cli.js';
import { LONG } from '../support/long.js';

const FILES: Readonly<Record<string, string>> = {
  '<img src=x onerror=alert(1)>.py': 'from ui import missing\n',
  '<\u0020/script><script>alert(1)<\u0020/script>.py': 'import ui.shell\n',
  '"><svg onload=alert(2)>.py': 'from core import missing2\n',
  'bidi\u202egpj.py': '',
  [`${'long'.repeat(50)}.py`]: '',
  'ui/__init__.py': '',
  'ui/shell.py': 'from core.text import words\n',
  'ui/shell_old.py': 'def f():\n    return 1\n',
  'ui/web/__init__.py': '',
  'ui/web/view.py': 'from core.model import Model\n',
  'core/__init__.py': '',
  'core/text.py': '# </script><script>alert(3)</script>\nfrom core.model import Model\nwords = Model\n',
  'core/model.py': 'from core.base import Base\nclass Model(Base):\n    def late(self):\n        import ui.shell\n',
  'core/base.py': 'class Base:\n    pass\n',
  'core/back.py': 'from ui.web import view\n',
  ...Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`many/m${n}.py`, `from ui import gone${n}\n`])),
  'move.yaml': 'phases:\n  - name: "<script>alert(4)</script>"\n    move: {core/base.py: core/kinds/base.py}\n',
};

/** Looked at in full by `npm run test:long`. */
const inFull = it.runIf(LONG);

const COMMANDS = ['graph', 'inventory', 'run move.yaml'];
const reason = CHROMIUM ? '' : ' (skipped: no Chromium here; its path can be given in CHROMIUM)';

describe.skipIf(!CHROMIUM)(`in Chromium${reason}`, () => {
  let folder: string;
  let browser: Browser;
  let page: Page;
  /** Everything that a page says on the console, asks for, or is refused. */
  let noise: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'regraft-page-'));
    const box = sandbox(FILES);
    for (const command of COMMANDS) {
      const { stdout } = await box.regraft(...command.split(' '), '--format', 'html');
      writeFileSync(join(folder, `${command}.html`), stdout);
    }
    box.remove();
    browser = await chromium.launch({ executablePath: CHROMIUM as string, args: ['--no-sandbox'] });
  });
  afterEach(async () => {
    await page.context().close();
    expect(noise).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(command: string, scheme: 'light' | 'dark' = 'light'): Promise<void> {
    noise = [];
    const context = await browser.newContext({ colorScheme: scheme, reducedMotion: 'reduce' });
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
    page.on('console', (message) => noise.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => noise.push(`error: ${error.message}`));
    page.on('dialog', (dialog) => {
      noise.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!request.url().startsWith('file:') || !request.isNavigationRequest()) noise.push(`asks for ${request.url()}`);
    });
    await page.goto(pathToFileURL(join(folder, `${command}.html`)).href);
    await page.waitForSelector('html[data-ready]', { state: 'attached' });
  }
  const status = () => page.textContent('#graph-status');
  const detail = () => page.textContent('#detail');
  /** What those hear who do not see the picture. */
  const said = () => page.textContent('#graph-said');
  async function find(name: string): Promise<void> {
    await page.fill('#search', name);
    await page.press('#search', 'Enter');
  }

  it.each(COMMANDS)('opens the page of %s without a word, whatever names say', async (command) => {
    await open(command);
    expect(await page.locator('script').count()).toBe(3);
    expect(await page.locator('img, svg[onload], iframe, object').count()).toBe(0);
    expect(await page.locator('#picture canvas').count()).toBeGreaterThan(0);
    expect(await status()).toMatch(/^\d+ boxes shown, \d+ imports between them, 1 against/);
    await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
  });

  it('refuses code that would have slipped in', async () => {
    await open('graph');
    await page.evaluate(
      'document.body.append(Object.assign(document.createElement("script"), { textContent: "window.slipped = true" }))',
    );
    expect(await page.evaluate('window.slipped')).toBeUndefined();
    expect(noise.splice(0).join()).toContain('Content Security Policy');
  });

  it('finds a module, opens what it lies in, and tells its imports', async () => {
    await open('inventory');
    const before = await status();
    await find('core.model');
    expect(await detail()).toContain('core/model.py');
    expect(await detail()).toMatch(/Imports \(2\).*core\.base.*ui\.shell line 4, lazy.*Imported by \(2\)/);
    expect(await status()).not.toBe(before);
    await page.click('#detail .link >> text=core.base');
    expect(await detail()).toContain('core/base.py');
  });

  inFull('offers names while one types, for arrows and Escape too', async () => {
    await open('graph');
    await page.fill('#search', 'shell');
    expect(await page.locator('#offers [role=option]').count()).toBe(2);
    await page.press('#search', 'ArrowDown');
    expect(await page.getAttribute('#search', 'aria-activedescendant')).toBe('found-1');
    await page.press('#search', 'Escape');
    expect(await page.isHidden('#offers')).toBe(true);
    await page.fill('#search', 'no such thing');
    expect(await page.textContent('#offers')).toBe('nothing of this name');
  });

  inFull('filters the picture by names', async () => {
    await open('graph');
    await page.fill('#graph-filter', 'web view');
    expect(await status()).toMatch(/^1 box shown, 0 imports/);
    await page.fill('#graph-filter', '');
    expect(await status()).not.toMatch(/^1 box/);
    await page.selectOption('#graph-edges', 'bad');
    expect(await status()).toMatch(/, 1 import between them, 1 against/);
  });

  inFull('opens a package by a click and closes it again', async () => {
    await open('graph');
    await find('core');
    await page.click('#fit');
    const before = Number.parseInt((await status()) ?? '', 10);
    await page.click('#detail >> text=Open');
    const opened = Number.parseInt((await status()) ?? '', 10);
    expect(opened).toBe(before + 4);
    await page.click('#detail >> text=Close');
    expect(Number.parseInt((await status()) ?? '', 10)).toBe(before);
    // The chosen box is in the middle of the picture now.
    const box = await page.locator('#picture').boundingBox();
    await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2);
    expect(Number.parseInt((await status()) ?? '', 10)).toBe(opened);
  });

  inFull('is worked by keys alone', async () => {
    await open('graph');
    await page.focus('#picture');
    const first = await said();
    expect(first).not.toBe('');
    await page.keyboard.press('ArrowDown');
    expect(await said()).not.toBe(first);
    await find('ui.web');
    await page.focus('#picture');
    await page.keyboard.press('Enter');
    expect(await said()).toMatch(/^ui\.web, package of 2 modules.*, open$/);
    await page.keyboard.press('Backspace');
    expect(await said()).toMatch(/^ui, package of 5 modules.*, closed$/);
    await page.keyboard.press('Escape');
    expect(await detail()).toContain('Click a package');
    for (const key of ['+', '-', '0']) await page.keyboard.press(key);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement?.id')).not.toBe('picture');
  });

  inFull('changes its theme, from what the system says', async () => {
    await open('inventory', 'dark');
    const paper = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const dark = await paper();
    expect(await page.getAttribute('#theme', 'aria-pressed')).toBe('true');
    await page.click('#theme');
    expect(await paper()).not.toBe(dark);
    expect(await page.getAttribute('#theme', 'aria-pressed')).toBe('false');
    await page.click('#theme');
    expect(await paper()).toBe(dark);
  });

  inFull('sorts and filters tables', async () => {
    await open('inventory');
    const table = page.locator('#unresolved');
    const names = () => table.locator('tbody tr:visible td:first-child').allTextContents();
    const all = await names();
    await table.locator('th button').first().click();
    expect(await names()).toEqual([...all].sort());
    await table.locator('th button').first().click();
    expect(await names()).toEqual([...all].sort().reverse());
    await table.locator('input').fill('gone7');
    expect(await names()).toEqual(['ui.gone7']);
  });

  inFull('draws moves between the trees, and shows both graphs', async () => {
    await open('run move.yaml');
    expect(await page.locator('#moves path[d]').count()).toBe(1);
    await page.locator('#moves .before [data-move]').focus();
    expect(await page.locator('#moves .after .lit').count()).toBe(1);
    await find('core.kinds.base');
    expect(await detail()).toContain('moved');
    await page.selectOption('#graph-state', '0');
    await find('core.base');
    expect(await detail()).toContain('core/base.py');
  });

  inFull('is no wider than a narrow window', async () => {
    await open('inventory');
    await page.setViewportSize({ width: 420, height: 800 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(420);
  });
});
