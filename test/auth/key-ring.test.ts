import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { KeyFile, keyFileOf } from '../../src/auth/keys/key-file';
import { KeyRing } from '../../src/auth/keys/key-ring';
import { temporaryFolder } from '../support/temporary-folder';
import { newKey } from './key-records';
import { eventually, post, startProtected } from './protected-server';

const rings: KeyRing[] = [];
afterAll(() => Promise.all(rings.map((ring) => ring.stop())));

async function ringOf(store: KeyFile, now?: () => number): Promise<KeyRing> {
  const ring = new KeyRing(store, { now });
  rings.push(ring);
  await ring.start();
  return ring;
}

const refused = { code: 'UNAUTHENTICATED' };
const outcomeOf = async (ring: KeyRing, text: string) => ring.authenticate(text);

test('a key that was accepted before is refused from the instant at which it expires', async () => {
  let now = 999;
  const store = KeyFile.open(`${temporaryFolder('ring')}/ledger.db`);
  const { text, record } = newKey('app', { createdAt: 0, expiresAt: 1_000 });
  await store.create(record);
  const ring = await ringOf(store, () => now);
  const session = await outcomeOf(ring, text);
  expect(await outcomeOf(ring, text)).toBe(session);
  now = 1_000;
  expect(session.refusal()).toMatchObject({ code: 'UNAUTHENTICATED' });
  await expect(outcomeOf(ring, text)).rejects.toMatchObject(refused);
});

test('a key that was accepted before is refused as soon as its revocation was read', async () => {
  const store = KeyFile.open(`${temporaryFolder('ring')}/ledger.db`);
  const { text, record } = newKey('app');
  await store.create(record);
  const ring = await ringOf(store);
  const session = await outcomeOf(ring, text);
  await store.revoke('app', 1_700_000_000_001);
  // A key that is unknown makes the ring read the store.
  const other = newKey('other');
  await store.create(other.record);
  await outcomeOf(ring, other.text);
  expect(session.refusal()).toMatchObject({ code: 'UNAUTHENTICATED' });
  await expect(outcomeOf(ring, text)).rejects.toMatchObject(refused);
});

test('a key that is not known is not called wrong while the keys cannot be read', async () => {
  const path = `${temporaryFolder('ring')}/ledger.db`;
  const store = KeyFile.open(path);
  const [known, fresh] = [newKey('app'), newKey('fresh')];
  await store.create(known.record);
  const ring = await ringOf(store);
  await store.create(fresh.record);
  const content = readFileSync(keyFileOf(path));
  writeFileSync(keyFileOf(path), 'damaged');
  await expect(outcomeOf(ring, fresh.text)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  await expect(outcomeOf(ring, 'plk_wrong')).rejects.toMatchObject(refused);
  writeFileSync(keyFileOf(path), content);
  expect((await outcomeOf(ring, fresh.text)).principal?.name).toBe('fresh');
});

test('a text with the id of a key that was accepted before is refused each time', async () => {
  const store = KeyFile.open(`${temporaryFolder('ring')}/ledger.db`);
  const { text, record } = newKey('app');
  await store.create(record);
  const ring = await ringOf(store);
  const wrong = [
    `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`,
    `${text} `,
    text.slice(0, 20),
  ];
  for (let time = 0; time < 2; time += 1) {
    for (const each of wrong) await expect(outcomeOf(ring, each)).rejects.toMatchObject(refused);
    expect((await outcomeOf(ring, text)).principal?.name).toBe('app');
  }
});

test('no key is accepted while the keys cannot be read, and the log says so; then they are again', async () => {
  const server = await startProtected();
  const key = await server.createKey('app', { scopes: ['points:read'] });
  const statusOf = async () => (await post(server, key, '{ balances { points } }')).status;
  expect(await statusOf()).toBe(200);
  const path = keyFileOf(server.path);
  const content = readFileSync(path);
  const replace = (text: string | Buffer) => {
    writeFileSync(`${path}.other`, text);
    renameSync(`${path}.other`, path);
  };
  replace('damaged');
  await eventually(async () => (await statusOf()) === 503);
  const { body } = await post(server, key, '{ balances { points } }');
  expect(body.errors).toMatchObject([{ extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
  expect(server.log.join('\n')).toMatch(/The keys cannot be read; .*does not hold keys/);
  replace(content);
  await eventually(async () => (await statusOf()) === 200);
  expect(server.log.join('\n')).toContain('The keys can be read again');
  await server.stop();
});
