import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { testIf } from '../support/needs';

const places = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser'];

/** The browser of the machine, or null: none is downloaded. */
export const browserPath: string | null =
  places.find((path) => path !== undefined && existsSync(path)) ?? null;

/** Declares a test that needs a browser. */
export const withBrowser = testIf(
  browserPath !== null,
  'browser tests: no chromium; apt install chromium',
);

/**
 * Nothing but the page may ask the network for anything, so that what it asks for can be asserted.
 */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
];

export function launchBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, headless: true, chromiumSandbox: false, args: quiet });
}
