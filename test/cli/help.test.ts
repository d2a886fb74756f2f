import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { points } from './points';

const documentation = readFileSync(join(__dirname, '../../docs/import-export.md'), 'utf8');
const commands = ['serve', 'import', 'export', 'verify', 'restore', 'sweep'];

test('the help lists every command and the exit statuses', async () => {
  const ran = await points(['--help']);
  expect(ran).toMatchObject({ code: 0, errors: '' });
  for (const command of commands) expect(ran.out).toContain(`  ${command} `);
  expect(ran.out).toContain('Exit status: 0 done; 1 done, with refused rows or findings');
});

test.each(commands)(
  'the help of %s lists its options, and the documentation lists all of them',
  async (command) => {
    const ran = await points([command, '--help']);
    expect(ran).toMatchObject({ code: 0, errors: '' });
    expect(ran.out).toContain(`Usage: points ${command}`);
    const options = [...ran.out.matchAll(/^ {2}(?:-\w, )?(--\w+)/gm)].map(([, name]) => name);
    expect(options).toContain('--help');
    const section = documentation.split(/^## /m).find((text) => text.includes(`points ${command}`));
    for (const option of options.filter((name) => name !== '--help')) {
      expect(section).toContain(`\`${option}`);
    }
  },
);

test('the help of import says that the server must be reachable at the start', async () => {
  const { out } = await points(['import', '--help']);
  expect(out.replaceAll(/\s+/g, ' ')).toContain('it must be reachable at the start');
});

test('the version is the package’s', async () => {
  const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8'));
  expect(await points(['--version'])).toMatchObject({ code: 0, out: `${version}\n` });
});

test.each([
  [['imprt'], "error: unknown command 'imprt'\n(Did you mean import?)"],
  [['import'], "error: missing required argument 'file'"],
  [['import', 'x', '--concurrency', '0'], 'It must be a whole number from 1 to 16.'],
  [['import', 'x', '--format', 'xml'], 'Allowed choices are csv, ndjson.'],
  [
    ['import', 'x', '--trim', '--keep-blanks'],
    "option '--trim' cannot be used with option '--keep-blanks'",
  ],
  [['import', 'x', '--url', 'localhost'], 'points: --url is "localhost"; it must be a URL'],
  [['import', 'x', '--name', ' '], 'points: --name is blank; it must be'],
  [['import', 'x', '--map', 'payer'], 'points: --map is "payer"; it must be COLUMN=NAME, such as'],
  [['import', ''], 'points: The name of the file is empty; name a file, or -'],
  [
    ['export', '--url', 'http://a/', '--database', 'file:b'],
    "option '--database <url>' cannot be used with option '--url <url>'",
  ],
  [['export', '--database', 'mysql:x'], 'points: --database begins with "mysql:"'],
  [['restore', 'none.ndjson'], `points: There is no file ${resolve('none.ndjson')}.`],
  [['export', '--excel'], 'points: --excel writes CSV: add --format csv'],
  [['export', '--json'], 'points: --json needs --output FILE'],
  [['verify', '--fast'], "error: unknown option '--fast'"],
  [[], 'Usage: points [options] [command]'],
])('%j is wrong usage: status 2, with a message on standard error', async (words, message) => {
  const ran = await points(words);
  expect(ran).toMatchObject({ code: 2, out: '' });
  expect(ran.errors).toContain(message);
});
