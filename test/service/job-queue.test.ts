import fc from 'fast-check';
import { JobQueue } from '../../src/service/batches/job-queue';
import { groupOf, type JobGroup } from '../../src/service/batches/pending-job';
import { often } from '../model/runs';

type Step =
  | { readonly kind: 'add'; readonly accountIds: readonly string[] }
  | { readonly kind: 'take'; readonly rowsMax: number }
  /**
   * Ends one of the batches in flight. Of its groups, those with a 1 are put back at once, and
   * those with a 2 wait for a task of their account.
   */
  | { readonly kind: 'end'; readonly batch: number; readonly returned: readonly number[] }
  /** Puts back what waited for a task. */
  | { readonly kind: 'putBack' }
  /** Removes what arrived before a share of what has arrived so far. */
  | { readonly kind: 'refuse'; readonly share: number };

const accountIds = ['a', 'b', 'c'];
const inFlightMax = 2;

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('add' as const),
        accountIds: fc.array(fc.constantFrom(...accountIds), { minLength: 1, maxLength: 2 }),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('take' as const),
        rowsMax: fc.integer({ min: 1, max: 6 }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('end' as const),
        batch: fc.nat({ max: inFlightMax - 1 }),
        returned: fc.array(fc.nat({ max: 2 }), { minLength: 2, maxLength: 4 }),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ kind: 'putBack' as const }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('refuse' as const),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
    },
  ),
  { maxLength: 100, size: 'max' },
);

interface Batch {
  readonly groups: readonly JobGroup[];
  readonly accountIds: ReadonlySet<string>;
}

/** A queue, and what must be in it. */
class Books {
  private readonly queue = new JobQueue(() => {});
  private readonly waiting = new Set<JobGroup>();
  private readonly inFlight: Batch[] = [];
  /** Those that wait for a task of an account, not in the queue. */
  private elsewhere: JobGroup[] = [];
  private arrived = 0;

  run(step: Step): void {
    if (step.kind === 'add') this.add(step.accountIds);
    if (step.kind === 'take' && this.inFlight.length < inFlightMax) this.take(step.rowsMax);
    if (step.kind === 'end') this.end(step.batch, step.returned);
    if (step.kind === 'putBack') this.putBack(this.elsewhere.splice(0));
    if (step.kind === 'refuse') this.refuse(this.arrived * step.share);
    const rows = [...this.waiting].reduce((sum, group) => sum + group.rows, 0);
    expect(this.queue.rows).toBe(rows);
  }

  /** Ends all batches, and takes what waits until nothing does. */
  drain(): void {
    this.putBack(this.elsewhere.splice(0));
    while (this.inFlight.length > 0 || this.waiting.size > 0) {
      while (this.inFlight.length > 0) this.end(0, []);
      expect(this.queue.freeRows).toBe(this.queue.rows);
      if (this.waiting.size > 0) this.take(3);
    }
    expect(this.queue.rows).toBe(0);
  }

  private add(ids: readonly string[]): void {
    const group = groupFor(this.arrived++, ids);
    this.waiting.add(group);
    this.queue.add(group);
  }

  private take(rowsMax: number): void {
    const busy = this.inFlight[0]?.accountIds ?? none;
    const expected = this.takeable(rowsMax, busy);
    expect(this.queue.take(rowsMax, busy)).toEqual(expected);
    for (const group of expected) this.waiting.delete(group);
    if (expected.length === 0) return;
    this.inFlight.push({ groups: expected, accountIds: new Set(expected.flatMap(idsOf)) });
  }

  /**
   * Returns what waits in the order of arrival, without what needs an account in flight or one of
   * an earlier one of these, as far as it fits.
   */
  private takeable(rowsMax: number, busy: ReadonlySet<string>): JobGroup[] {
    const blocked = new Set(busy);
    const batch: JobGroup[] = [];
    let rows = 0;
    for (const group of [...this.waiting].sort((a, b) => arrivalOf(a) - arrivalOf(b))) {
      const ids = idsOf(group);
      if (ids.some((id) => blocked.has(id))) {
        for (const id of ids) blocked.add(id);
        continue;
      }
      rows += group.rows;
      if (batch.length > 0 && rows > rowsMax) break;
      batch.push(group);
    }
    return batch;
  }

  private end(index: number, returned: readonly number[]): void {
    const [batch] = this.inFlight.splice(index, 1);
    if (batch === undefined) return;
    const those = (how: number) => batch.groups.filter((_, place) => returned[place] === how);
    this.putBack(those(1));
    this.elsewhere.push(...those(2));
    this.queue.release(batch.accountIds);
  }

  private putBack(groups: readonly JobGroup[]): void {
    for (const group of groups) this.waiting.add(group);
    this.queue.putBack(groups);
  }

  private refuse(since: number): void {
    const old = this.queue.takeOlderThan(since);
    const expected = [...this.waiting].filter((group) => arrivalOf(group) < since);
    expect(new Set(old)).toEqual(new Set(expected));
    for (const group of old) this.waiting.delete(group);
  }
}

const none: ReadonlySet<string> = new Set();

function groupFor(since: number, ids: readonly string[]): JobGroup {
  return groupOf(
    [...new Set(ids)].map((accountId) => ({
      job: { accountId, commands: [], view: () => null },
      resolve: () => {},
      reject: () => {},
      since,
    })),
  );
}

function idsOf({ jobs }: JobGroup): string[] {
  return jobs.map(({ job }) => job.accountId);
}

function arrivalOf({ jobs: [first] }: JobGroup): number {
  return first.since;
}

test('a batch takes what came first and needs no account in flight, and nothing is lost', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const books = new Books();
      for (const step of all) books.run(step);
      books.drain();
    }),
    often(100),
  );
});

test('what was refused holds back nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...accountIds), { minLength: 1 }), (ids) => {
      const queue = new JobQueue(() => {});
      const inFlight = new Set(['m']);
      queue.add(groupFor(0, ['m', ...ids]));
      expect(queue.take(9, inFlight)).toEqual([]);
      expect(queue.takeOlderThan(1)).toHaveLength(1);
      queue.add(groupFor(2, [ids[0]]));
      expect(queue.take(9, inFlight)).toHaveLength(1);
    }),
    often(20),
  );
});

test('the end of another batch leaves what is held back, however much that is', () => {
  const queue = new JobQueue(() => {});
  const [inFlight, other] = [new Set(['m']), new Set(['o'])];
  queue.add(groupFor(0, ['m']));
  expect(queue.take(9, inFlight)).toEqual([]);
  queue.release(other);
  expect(queue.freeRows).toBe(0);
  queue.release(inFlight);
  expect(queue.freeRows).toBe(1);
});
