import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { useFolder } from '../journal/sqlite/fixture';
import { stateOf } from './ledger';
import { points, pointsProgram, startPoints } from './points';

const folder = useFolder();

test('serve runs the server: its options override the settings, and SIGTERM ends it cleanly', async () => {
  const path = join(folder(), 'ledger.db');
  const words = ['serve', '--port', '0', '--database', `file:${path}`];
  const running = startPoints(words, { env: { PORT: '1', DATABASE_URL: 'memory:' } });
  const url = await new Promise<string>((found) => {
    let out = '';
    running.process.stdout!.on('data', (text: string) => {
      out += text;
      const address = /"url":"([^"]+)"/.exec(out);
      if (address !== null) found(address[1]);
    });
  });
  expect(await stateOf(`${url}graphql`)).toBeNull();
  expect(existsSync(path)).toBe(true);
  running.process.kill('SIGTERM');
  expect(await running.ended).toMatchObject({ code: 0, errors: '' });
});

test('a setting that serve cannot use is reported as it was typed, with status 1', async () => {
  const typed = await points(['serve', '--port', 'http']);
  expect(typed).toMatchObject({ code: 1, errors: expect.stringContaining('--port is "http"') });
  const database = 'postgres://me:secret@[/x';
  const named = await points(['serve', '--database', database]);
  expect(named.errors).toContain('start: --database cannot be read; write postgres://');
  const set = await points(['serve'], { env: { PORT: 'http' } });
  expect(set).toMatchObject({ code: 1, errors: expect.stringContaining('start: PORT is "http"') });
});

test('the command can be run by its name', () => {
  expect(readFileSync(pointsProgram(), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
});
