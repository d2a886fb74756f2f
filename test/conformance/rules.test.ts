import { cases, playCase } from './cases';
import { RulesDriver } from './rules-driver';

/** Operations that no command can express: the API's scalars refuse them before the rules. */
const refusedAtTheBoundary = new Map([
  ['points_beyond_2_53', ['points beyond 2^53 - 1']],
  ['invalid_timestamp', ['an invalid timestamp']],
]);

describe('the rules pass the conformance cases', () => {
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
