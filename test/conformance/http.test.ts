import { type LedgerServer, ledgerPlaces } from '../support/ledger-server';
import { cases, playCase } from './cases';
import { HttpDriver } from './http-driver';

/** Messages of the operations that scalars refuse, so that the rules never see them. */
const refusedAtTheBoundary = new Map([
  ['points_beyond_2_53', /^Variable "\$input" .+ 9007199254740992 is outside\.$/],
  ['invalid_timestamp', /^Variable "\$input" .+ the date must have the form YYYY-MM-DD\.$/],
]);

describe.each(ledgerPlaces())('the API %s passes the conformance cases', (_where, start) => {
  let server: LedgerServer;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.stop());

  test.each(cases)('$name ($why)', async (played) => {
    const driver = new HttpDriver(server.endpoint, played.name);
    await playCase(played, driver);
    const words = refusedAtTheBoundary.get(played.name);
    expect(driver.refusedAtTheBoundary).toEqual(words ? [expect.stringMatching(words)] : []);
    const accepted = played.expected.filter((result) => result === 'ok' || Array.isArray(result));
    expect(await driver.sequence()).toBe(accepted.length);
  });
});

test('no case is missing', () => {
  expect(cases).toHaveLength(28);
  const names = cases.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining([...refusedAtTheBoundary.keys()]));
});
