// Debian's Chromium, and what holds on every page of ours: no error in the
// console, no request to another host, no page without its rules.
import { createRequire } from 'node:module';
import fs from 'node:fs';
import { chromium } from 'playwright-core';
import { check, same } from './check.mjs';

const CHROMIUM = process.env.TOYON_CHROMIUM ?? '/usr/bin/chromium';
const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const LOAD_MS = 10000;

export const WIDE = { width: 1280, height: 900 };
export const NARROW = { width: 390, height: 700 };
export const NARROWEST = { width: 320, height: 700 };

export async function launch(base) {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  return new Harness(browser, base);
}

class Harness {
  constructor(browser, base) {
    this.browser = browser;
    this.base = base;
    this.paths = new Set();
  }

  // A browser nobody has used: { javaScriptEnabled, extraHTTPHeaders, ... }.
  async open(options = {}) {
    const context = await this.browser.newContext({
      baseURL: this.base,
      viewport: WIDE,
      locale: 'en-US',
      timezoneId: 'America/Los_Angeles',
      ...options,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(LOAD_MS);
    this.watch(page);
    return page;
  }

  watch(page) {
    const refused = new Set(); // pages that answered with 4xx, as tests ask for
    const { host } = new URL(this.base);
    page.on('pageerror', (e) => check(false, `no error of a script on ${page.url()}: ${e}`));
    page.on('request', (q) => {
      if (new URL(q.url()).host !== host) check(false, `nothing is loaded from elsewhere: ${q.url()}`);
    });
    page.on('response', (r) => {
      if (!r.request().isNavigationRequest()) return;
      if (r.status() >= 400) refused.add(r.url());
      this.paths.add(new URL(r.url()).pathname);
      this.checkHeaders(r);
    });
    page.on('console', (m) => {
      // Chromium says so of every page with such a status.
      if (m.text().startsWith('Failed to load resource') && refused.has(m.location().url)) return;
      if (m.type() === 'error' || m.type() === 'warning') check(false, `quiet console on ${page.url()}: ${m.text()}`);
    });
  }

  checkHeaders(r) {
    if (!/^text\/html/.test(r.headers()['content-type'] ?? '')) return;
    const where = new URL(r.url()).pathname;
    const csp = r.headers()['content-security-policy'] ?? '';
    const script = where.startsWith('/desk') ? "'self'" : "'none'";
    check(csp.includes("default-src 'none'"), `${where} has a content security policy`);
    check(!/unsafe|\*|https?:/.test(csp), `the policy of ${where} has no exception: ${csp}`);
    check(script === "'self'" || !csp.includes('script-src'), `${where} runs no script`);
    same(r.headers()['x-content-type-options'], 'nosniff', `${where} is not sniffed`);
    same(r.headers()['cache-control'], 'no-store', `${where} is stored by nobody`);
  }

  async close() {
    await this.browser.close();
  }
}

// --- what is looked at on a page ------------------------------------------------

export async function violations(page, rules) {
  await page.evaluate(AXE);
  const options = rules ? { runOnly: { type: 'rule', values: rules } } : { runOnly: { type: 'tag', values: AXE_TAGS } };
  const found = await page.evaluate((o) => globalThis.axe.run(document, { ...o, resultTypes: ['violations'] }), options);
  return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`);
}

export function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

// The boxes of what can be pressed or typed into, as people see them.
export function targets(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('button, .btn, input, textarea, select, summary')]
      .filter((el) => el.type !== 'hidden' && el.checkVisibility() && !el.closest('.hp, [aria-hidden=true]'))
      .filter((el) => !getComputedStyle(el).clipPath.startsWith('inset(50%')) // shown once it has the focus
      .map((el) => {
        const boxed = (el.type === 'radio' || el.type === 'checkbox') && el.labels?.[0];
        const box = (boxed ? el.closest('.radio, .check') ?? el : el).getBoundingClientRect();
        return { what: el.textContent.trim() || el.name || el.id, height: box.height, width: box.width };
      }),
  );
}

// Each dot of the runway is a stop on the way to the list below it.
const TABS_MAX = 200;

// Goes through the page by Tab alone until `selector` has the focus.
export async function tabTo(page, selector) {
  await page.evaluate(() => document.activeElement?.blur());
  for (let i = 0; i < TABS_MAX; i++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate((s) => {
      const el = document.activeElement;
      const box = el.getBoundingClientRect();
      const style = getComputedStyle(el);
      // Of a tall field Chromium scrolls the caret into view, not all of it.
      const seen = (Math.max(box.top, 0) + Math.min(box.bottom, globalThis.innerHeight)) / 2;
      const over = document.elementFromPoint(box.x + box.width / 2, seen);
      return {
        there: el.matches(s),
        ring: style.outlineStyle !== 'none' ? parseFloat(style.outlineWidth) : 0,
        hidden:
          !el.matches('body') &&
          (style.clipPath.startsWith('inset(50%') || !(over && (el.contains(over) || over.contains(el)))),
        what: el.outerHTML.slice(0, 80),
      };
    }, selector);
    if (at.ring < 2 || at.hidden) return `the focus can't be seen at ${at.what}`;
    if (at.there) return '';
  }
  return `${selector} is not reached`;
}

export const textOf = async (page) => (await page.locator('body').innerText()).replace(/[\s\u00a0]+/g, ' ');

// A page's own words: without the head, the rail and the foot.
export const mainOf = async (page) => (await page.locator('main').innerText()).replace(/[\s\u00a0]+/g, ' ');

// Presses a button that leads to another page.
export async function press(page, button) {
  const target = typeof button === 'string' ? page.getByRole('button', { name: button, exact: true }) : button;
  await Promise.all([page.waitForNavigation({ timeout: LOAD_MS }), target.click()]);
}
