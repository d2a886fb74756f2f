import { cases, playCase } from './cases';
import { RulesDriver } from './rules-driver';

/** What no command can hold: the rules never see it, the API's scalars refuse it before. */
const refusedAtTheBoundary = new Map([
  ['points_beyond_2_53', ['points beyond 2^53 - 1']],
  ['invalid_timestamp', ['a timestamp that names no instant']],
]);

describe('the rules answer as the conformance cases say', () => {
  test.each(cases)('$name ($why)', async (played) => {
    const driver = new RulesDriver();
    await playCase(played, driver);
    expect(driver.refusedAtTheBoundary).toEqual(refusedAtTheBoundary.get(played.name) ?? []);
  });

  test('no case is missing', () => {
    expect(cases).toHaveLength(28);
    expect(cases.map(({ name }) => name)).toEqual(
      expect.arrayContaining([...refusedAtTheBoundary.keys()]),
    );
  });
});
