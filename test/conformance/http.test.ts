import { type LedgerServer, ledgerPlaces } from '../support/ledger-server';
import { cases, playCase } from './cases';
import { HttpDriver } from './http-driver';

/** What the scalars refuse, in their words: the rules never see it. */
const refusedAtTheBoundary = new Map([
  ['points_beyond_2_53', /^Variable "\$input" .+ 9007199254740992 is outside\.$/],
  ['invalid_timestamp', /^Variable "\$input" .+ the date must have the form YYYY-MM-DD\.$/],
]);

describe.each(ledgerPlaces())(
  'the API %s answers as the conformance cases say',
  (_where, start) => {
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
      const accepted = played.expected.filter((answer) => answer === 'ok' || Array.isArray(answer));
      expect(await driver.sequence()).toBe(accepted.length);
    });
  },
);

test('no case is missing', () => {
  expect(cases).toHaveLength(28);
  const names = cases.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining([...refusedAtTheBoundary.keys()]));
});
