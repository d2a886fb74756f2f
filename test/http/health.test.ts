import { limits } from '../../src/config';
import { startStubServer } from './stub-server';

async function readiness(
  check: () => Promise<'ready' | 'writes-fail'>,
): Promise<[number, unknown]> {
  const server = await startStubServer({
    check,
    limits: { ...limits, readinessMsMax: 50 },
  });
  const response = await fetch(`${server.origin}/readyz`, { headers: { connection: 'close' } });
  const body = await response.json();
  await server.stop();
  return [response.status, body];
}

test('/healthz returns 200 while the process runs', async () => {
  const server = await startStubServer({ check: () => Promise.reject(new Error('gone')) });
  const response = await fetch(`${server.origin}/healthz`);
  expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
  await server.stop();
});

test('/readyz reports within a timeout whether the journal responds', async () => {
  expect(await readiness(async () => 'ready')).toEqual([200, { status: 'ready' }]);
  expect(await readiness(async () => 'writes-fail')).toEqual([503, { status: 'writes-fail' }]);
  const gone = () => Promise.reject(new Error('gone'));
  expect(await readiness(gone)).toEqual([503, { status: 'unavailable' }]);
  const never = () => new Promise<never>(() => {});
  expect(await readiness(never)).toEqual([503, { status: 'unavailable' }]);
});
