import fc from 'fast-check';
import { JobQueue } from '../../src/service/batches/job-queue';
import { groupOf, type JobGroup } from '../../src/service/batches/pending-job';
import { often } from '../model/runs';

type Step =
  | { readonly kind: 'add'; readonly accountIds: readonly string[] }
  | { readonly kind: 'take'; readonly rowsMax: number }
  /** Ends one of the batches in flight; those of its groups for which there is a 1 are put back. */
  | { readonly kind: 'end'; readonly batch: number; readonly returned: readonly number[] }
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
        returned: fc.array(fc.nat({ max: 1 }), { minLength: 2, maxLength: 4 }),
      }),
    },
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

/** A queue, and what must be in it. */
class Books {
  private readonly queue = new JobQueue(() => {});
  private readonly waiting = new Set<JobGroup>();
  private readonly inFlight: JobGroup[][] = [];
  private arrived = 0;

  run(step: Step): void {
    if (step.kind === 'add') this.add(step.accountIds);
    if (step.kind === 'take' && this.inFlight.length < inFlightMax) this.take(step.rowsMax);
    if (step.kind === 'end') this.end(step.batch, step.returned);
    if (step.kind === 'refuse') this.refuse(this.arrived * step.share);
    const rows = [...this.waiting].reduce((sum, group) => sum + group.rows, 0);
    expect(this.queue.rows).toBe(rows);
  }

  /** Ends all batches, and takes what waits until nothing does. */
  drain(): void {
    while (this.inFlight.length > 0 || this.waiting.size > 0) {
      while (this.inFlight.length > 0) this.end(0, []);
      expect(this.queue.freeRows).toBe(this.queue.rows);
      if (this.waiting.size > 0) expect(this.take(3)).not.toEqual([]);
    }
    expect(this.queue.rows).toBe(0);
  }

  private add(ids: readonly string[]): void {
    const since = this.arrived++;
    const group = groupOf(
      [...new Set(ids)].map((accountId) => ({
        job: { accountId, commands: [], view: () => null },
        resolve: () => {},
        reject: () => {},
        since,
      })),
    );
    this.waiting.add(group);
    this.queue.add(group);
  }

  private take(rowsMax: number): JobGroup[] {
    const busy = new Set(this.inFlight.flat().flatMap(idsOf));
    const batch = this.queue.take(rowsMax, busy);
    const complaints = batch.flatMap((group) => [
      ...(this.waiting.delete(group) ? [] : ['it did not wait']),
      ...idsOf(group).filter((id) => busy.has(id)),
      ...this.overtakenBy(group),
    ]);
    expect(complaints).toEqual([]);
    if (batch.length > 1) {
      expect(batch.reduce((sum, { rows }) => sum + rows, 0)).toBeLessThanOrEqual(rowsMax);
    }
    if (batch.length > 0) this.inFlight.push(batch);
    return batch;
  }

  private overtakenBy(group: JobGroup): JobGroup[] {
    return [...this.waiting].filter(
      (other) => arrivalOf(other) < arrivalOf(group) && hasCommon(other, group),
    );
  }

  private end(index: number, returned: readonly number[]): void {
    const [batch] = this.inFlight.splice(index, 1);
    if (batch === undefined) return;
    const groups = batch.filter((_, place) => returned[place] === 1);
    for (const group of groups) this.waiting.add(group);
    if (groups.length > 0) this.queue.putBack(groups);
    this.queue.release();
  }

  private refuse(since: number): void {
    const old = this.queue.takeOlderThan(since);
    const expected = [...this.waiting].filter((group) => arrivalOf(group) < since);
    expect(new Set(old)).toEqual(new Set(expected));
    for (const group of old) this.waiting.delete(group);
  }
}

function idsOf({ jobs }: JobGroup): string[] {
  return jobs.map(({ job }) => job.accountId);
}

function arrivalOf({ jobs: [first] }: JobGroup): number {
  return first.since;
}

function hasCommon(one: JobGroup, other: JobGroup): boolean {
  return idsOf(one).some((id) => idsOf(other).includes(id));
}

test('nothing is lost, taken twice, in two batches at once, or before what came first', () => {
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
      const jobOf = (accountId: string, since: number) => ({
        job: { accountId, commands: [], view: () => null },
        resolve: () => {},
        reject: () => {},
        since,
      });
      const inFlight = new Set(['m']);
      queue.add(groupOf(['m', ...new Set(ids)].map((id) => jobOf(id, 0))));
      expect(queue.take(9, inFlight)).toEqual([]);
      expect(queue.takeOlderThan(1)).toHaveLength(1);
      queue.add(groupOf([jobOf(ids[0], 2)]));
      expect(queue.take(9, inFlight)).toHaveLength(1);
    }),
    often(20),
  );
});
