import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = process.env.KBALERTZ_CHROMIUM ?? places.find((place) => existsSync(place));

/** Why there can be no browser here, for `test.skipIf`; in CI its absence is a failure. */
export const noBrowserBecause =
  executablePath === undefined && process.env.CI !== 'true'
    ? `no Chromium at ${places.join(', ')} or KBALERTZ_CHROMIUM`
    : null;

/** Starts Chromium, which asks nobody but the site. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}
