import type { ApiEntry } from './api-entry';
import {
  accepted,
  captureOf,
  type Dates,
  end,
  grantOf,
  held,
  hour,
  over,
  type Race,
  releaseOf,
  useTwoServers,
} from './hold-race';

jest.setTimeout(360_000);

const onTwoServers = useTwoServers();

describe.each([-1, 0, 1])('a hold that is decided on %i ms after an instant', (offset) => {
  const isDue = offset >= 0;
  const whole = (points: number) => ({ code: null, entry: { points } });

  test('is captured before its end only, whether or not its lot expires with it', () =>
    onTwoServers(async (race) => {
      for (const dates of [{}, { lot: end }]) {
        for (const points of [null, 20]) {
          const hold = await held(race, `${JSON.stringify(dates)} ${points}`, dates);
          race.two.now = end + offset;
          const outcome = await captureOf(race, race.two, hold, points)();
          const lapses: unknown[] = [];
          const entry = { points: points ?? 60, lapses };
          expect(outcome).toMatchObject(isDue ? over : { ...accepted, entry });
        }
      }
    }));

  test('gives back points of a lot that expires then, and these lapse at once from then on', () =>
    onTwoServers(async (race) => {
      const dates = { lot: end, hold: end + hour };
      const at = new Date(end + offset).toISOString();
      const lapsed = (expired: number) => (isDue ? { expired, lapses: [{ expired, at }] } : {});
      race.two.now = end + offset;
      const captured = await held(race, 'captured', dates);
      expect(await captureOf(race, race.two, captured, 20)()).toMatchObject({
        ...accepted,
        entry: { points: 20, released: [{ points: 40 }], ...lapsed(40) },
      });
      const released = await held(race, 'released', dates);
      expect(await releaseOf(race, race.two, released)()).toMatchObject({
        ...accepted,
        entry: { points: 60, ...lapsed(60) },
      });
      const spent = await held(race, 'spent', dates);
      const outcome = await captureOf(race, race.two, spent, null)();
      expect(outcome).toMatchObject({ ...whole(60), entry: { lapses: [] } });
    }));
});

describe('in the millisecond of its end, a hold that two servers decide on', () => {
  /** The clock of one server is before the end, that of the other is at it. */
  async function atTheEnd(race: Race, accountId: string, dates: Dates): Promise<ApiEntry> {
    const hold = await held(race, accountId, dates);
    race.one.now = end - 1;
    race.two.now = end;
    return hold;
  }

  const forms = [
    ['with a lot that does not expire', {}],
    ['with a lot that expires in the same millisecond', { lot: end }],
  ] as const;

  test.each(forms)('%s, is captured or ends by the order of the appends', (_form, dates) =>
    onTwoServers(async (race) => {
      const { servers, one, two } = race;
      const captured = await atTheEnd(race, 'captured', dates);
      expect(
        await servers.inOrder(
          [one, captureOf(race, one, captured, null)],
          [two, grantOf(race, two, captured)],
        ),
      ).toMatchObject([{ ...accepted, entry: { points: 60 } }, accepted]);
      const ended = await atTheEnd(race, 'ended', dates);
      expect(
        await servers.inOrder(
          [two, grantOf(race, two, ended)],
          [one, captureOf(race, one, ended, null)],
        ),
      ).toMatchObject([accepted, over]);
    }),
  );

  test('gives its points back before its lot expires, or after: by the order of the appends', () =>
    onTwoServers(async (race) => {
      const { servers, one, two } = race;
      const dates = { lot: end, hold: end + hour };
      const before = await atTheEnd(race, 'before', dates);
      expect(
        await servers.inOrder(
          [one, captureOf(race, one, before, 20)],
          [two, grantOf(race, two, before)],
        ),
      ).toMatchObject([{ entry: { released: [{ points: 40 }], lapses: [] } }, accepted]);
      const after = await atTheEnd(race, 'after', dates);
      expect(
        await servers.inOrder(
          [two, grantOf(race, two, after)],
          [one, captureOf(race, one, after, 20)],
        ),
      ).toMatchObject([accepted, { entry: { released: [{ points: 40 }], expired: 40 } }]);
    }));
});
