import { accepted, captureOf, end, held, hour, over, releaseOf, useTwoServers } from './hold-race';
import type { Outcome } from './race-servers';

jest.setTimeout(360_000);

const onTwoServers = useTwoServers();
const clients = 50;
/** Of those races whose order is left to chance. */
const rounds = Number(process.env.CRASH_ROUNDS ?? 5);

describe('one hold that 50 clients of two servers capture at once', () => {
  const forms = [
    ['in whole', null, false, { null: 1, HOLD_IS_OVER: 49 }],
    ['in part, giving back the rest', 2, false, { null: 1, HOLD_IS_OVER: 49 }],
    ['in parts that make up the whole', 2, true, { null: 30, HOLD_IS_OVER: 20 }],
    ['in parts that leave a rest', 7, true, { null: 8, EXCEEDS_HELD: 42 }],
  ] as const;

  test.each(forms)('%s, is captured as far as its points go', (_form, points, keepRest, counts) =>
    onTwoServers(async (race) => {
      const hold = await held(race, 'a');
      const racers = [race.one, race.two];
      const captures = Array.from({ length: clients }, (_, index) =>
        captureOf(race, racers[index % 2], hold, points, keepRest),
      );
      const outcomes = await Promise.all(captures.map((capture) => capture()));
      expect(countsOf(outcomes)).toEqual(counts);
    }),
  );
});

describe('a capture that races a release from another server', () => {
  const forms = [
    ['of the whole', null, false, over],
    ['of a part', 20, false, over],
    ['of a part that keeps the rest', 20, true, { ...accepted, entry: { points: 40 } }],
  ] as const;

  test.each(forms)('%s, wins or loses by the order of the appends', (_form, points, keeps, later) =>
    onTwoServers(async (race) => {
      const { servers, one, two } = race;
      const won = await held(race, 'a');
      expect(
        await servers.inOrder(
          [one, captureOf(race, one, won, points, keeps)],
          [two, releaseOf(race, two, won)],
        ),
      ).toMatchObject([accepted, later]);
      const lost = await held(race, 'lost');
      expect(
        await servers.inOrder(
          [two, releaseOf(race, two, lost)],
          [one, captureOf(race, one, lost, points, keeps)],
        ),
      ).toMatchObject([{ ...accepted, entry: { points: 60 } }, over]);
    }),
  );

  test('past the expiry of its lot, gives back points that lapse at once, whoever wins', () =>
    onTwoServers(async (race) => {
      const { servers, one, two } = race;
      const dates = { lot: end, hold: end + hour };
      const won = await held(race, 'won', dates);
      const lost = await held(race, 'lost', dates);
      for (const racer of [one, two]) racer.now = end + 1;
      expect(
        await servers.inOrder(
          [one, captureOf(race, one, won, 20)],
          [two, releaseOf(race, two, won)],
        ),
      ).toMatchObject([{ ...accepted, entry: { points: 20, expired: 40 } }, over]);
      expect(
        await servers.inOrder(
          [two, releaseOf(race, two, lost)],
          [one, captureOf(race, one, lost, 20)],
        ),
      ).toMatchObject([{ ...accepted, entry: { points: 60, expired: 60 } }, over]);
    }));

  test('has one winner, whoever it is', () =>
    onTwoServers(async (race) => {
      for (let round = 0; round < rounds; round += 1) {
        const hold = await held(race, `round ${round}`);
        const sent = [captureOf(race, race.one, hold, null), releaseOf(race, race.two, hold)];
        const outcomes = await Promise.all(sent.map((send) => send()));
        expect(countsOf(outcomes)).toEqual({ null: 1, HOLD_IS_OVER: 1 });
      }
    }));
});

/** Returns how often each code occurs; null is acceptance. */
function countsOf(outcomes: readonly Outcome[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { code } of outcomes) counts[String(code)] = (counts[String(code)] ?? 0) + 1;
  return counts;
}
