import fc from 'fast-check';
import { expiryMarks } from '../../web/src/account/expiry-axis';
import { type ConsoleServer, serveConsole, withBrowser } from './console';

test('the axis has all points after now, each instant once, from now to the last', () => {
  const expiring = fc.array(
    fc.record({ at: fc.integer({ min: 1, max: 50 }), points: fc.integer({ min: 1, max: 900 }) }),
  );
  fc.assert(
    fc.property(expiring, fc.integer({ min: 0, max: 60 }), (rows, now) => {
      const given = rows.map(({ at, points }) => ({ at: new Date(at).toISOString(), points }));
      const marks = expiryMarks(given, now);
      const coming = rows.filter(({ at }) => at > now);
      const sum = (all: readonly { points: number }[]) =>
        all.reduce((total, { points }) => total + points, 0);
      expect(sum(marks)).toBe(sum(coming));
      expect(marks.length).toBe(new Set(coming.map(({ at }) => at)).size);
      for (const { position, size } of marks) {
        expect(position).toBeGreaterThan(0);
        expect(position).toBeLessThanOrEqual(1);
        expect(size).toBeGreaterThan(0);
        expect(size).toBeLessThanOrEqual(1);
      }
      if (marks.length > 0) expect(Math.max(...marks.map(({ position }) => position))).toBe(1);
    }),
  );
});

let server: ConsoleServer;
beforeAll(async () => {
  server = await serveConsole();
});
afterAll(() => server.close());

withBrowser(
  'what expires next is said in words, and shown on a time axis with a text',
  async () => {
    const add = (points: number, expiresAt: string | null) =>
      server.request(
        `mutation ($input: AddTransactionInput!) {
        addTransaction(input: $input) { replayed }
      }`,
        { input: { payer: 'OLIVE', points, timestamp: '2020-10-31T10:00:00Z', expiresAt } },
      );
    await add(5, null);
    const { page, complaints } = await server.visit('/accounts/default');
    await page.getByText('5 points to spend').waitFor();
    expect(await page.locator('.expiries').count()).toBe(0);
    await add(70, '2120-01-01T12:00:00Z');
    await add(30, '2120-01-01T12:00:00Z');
    await add(200, '2130-01-01T12:00:00Z');
    await page.getByText('200 points expire 1 Jan 2130').waitFor();
    await page.getByText('100 points expire 1 Jan 2120').waitFor();
    const picture = page.getByRole('img', { name: /^300 points on a time axis of 2 instants/ });
    await picture.waitFor();
    for (const forcedColors of ['none', 'active'] as const) {
      await page.emulateMedia({ forcedColors });
      const [mark, panel] = await page.evaluate<[string, string]>(
        `['.axis-mark', '.expiries'].map((name) => getComputedStyle(document.querySelector(name)).backgroundColor)`,
      );
      expect(mark).not.toBe(panel);
    }
    await server.request('mutation { spendPoints(input: { points: 305 }) { replayed } }');
    await picture.waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  },
);
