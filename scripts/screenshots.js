/**
 * Takes the screenshots of the console for the documents, from the built program in Debian's
 * chromium: `npm run screenshots`. They show the worked example, and the preview of a spend.
 */
const { spawn } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { createInterface } = require('node:readline');
const { chromium } = require('playwright-core');

const root = join(__dirname, '..');
const places = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
];
const reader = { locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce' };
const desk = { width: 1280, height: 1040 };
const phone = { width: 360, height: 760 };

const pictures = [
  { name: 'console-light', viewport: desk, colorScheme: 'light' },
  { name: 'console-dark', viewport: desk, colorScheme: 'dark' },
  { name: 'console-phone', viewport: phone, colorScheme: 'light' },
];

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});

async function main() {
  const server = spawn(process.execPath, [join(root, 'dist/main.js')], {
    env: { ...process.env, PORT: '0', DATABASE_URL: 'memory:' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const executablePath = places.find((path) => path !== undefined && existsSync(path));
  const browser = await chromium.launch({ executablePath, chromiumSandbox: false });
  try {
    const url = await addressOf(server);
    const page = await browser.newPage({ ...reader, viewport: desk });
    await page.goto(url);
    await page.getByRole('button', { name: 'Load the worked example' }).click();
    await page.getByText('points to spend').waitFor();
    await page.close();
    for (const picture of pictures) await draw(browser, url, picture);
  } finally {
    await browser.close();
    server.kill();
  }
}

async function addressOf(server) {
  for await (const line of createInterface({ input: server.stdout })) {
    const { url } = JSON.parse(line);
    if (url !== undefined) return url;
  }
  throw new Error('The server ended before it was reachable.');
}

async function draw(browser, url, { name, viewport, colorScheme }) {
  const page = await browser.newPage({ ...reader, viewport, colorScheme });
  await page.goto(`${url}accounts/default`);
  await page.getByText('Live', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Show which grants paid' }).click();
  await page.locator('.allocation').nth(2).waitFor();
  await page.getByRole('textbox', { name: 'Points' }).fill('5500');
  await page.locator('.segment .taken').first().waitFor();
  await page.getByRole('heading', { level: 1 }).click();
  await page.screenshot({ path: join(root, `docs/${name}.png`) });
  await page.close();
}
