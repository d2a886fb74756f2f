import { isText } from '../../ledger/text';
import type { Job, JobResult } from '../ledger-service';

/** A job that waits for its result. */
export interface PendingJob {
  readonly job: Job<unknown>;
  readonly resolve: (result: JobResult<unknown>) => void;
  readonly reject: (error: Error) => void;
  /** When the request arrived, in milliseconds of the monotonic clock. */
  readonly since: number;
}

/** Jobs of one request: they enter a batch together. */
export interface JobGroup {
  readonly jobs: readonly PendingJob[];
  /** Commands, and jobs without any, counted alike. */
  readonly rows: number;
}

export function rejectAll(group: JobGroup, error: Error): void {
  for (const { reject } of group.jobs) reject(error);
}

export function groupOf(jobs: readonly PendingJob[]): JobGroup {
  let rows = 0;
  for (const { job } of jobs) rows += Math.max(1, job.commands.length);
  return { jobs, rows };
}

/**
 * Returns the groups of one request. Jobs that show a later instant are served one by one, since
 * each may take long.
 */
export function groupsOf(jobs: readonly PendingJob[]): JobGroup[] {
  const together = jobs.filter(({ job }) => job.at === undefined);
  const alone = jobs.filter(({ job }) => job.at !== undefined);
  const groups = together.length === 0 ? [] : [groupOf(together)];
  return [...groups, ...jobsOneByOne(alone)];
}

/**
 * Returns a group for each job, since jobs whose accounts were decided separately need not stay
 * together.
 */
export function jobsOneByOne(jobs: readonly PendingJob[]): JobGroup[] {
  return jobs.map((pending) => groupOf([pending]));
}

/** Returns the idempotency keys under which the journal may hold entries. */
export function keysOf(jobs: readonly PendingJob[]): Set<string> {
  const keys = new Set<string>();
  for (const { job } of jobs) {
    for (const { idempotencyKey: key } of job.commands) {
      if (key !== null && isText(key)) keys.add(key);
    }
  }
  return keys;
}

/** Returns the sequences of the entries that the jobs reverse. */
export function targetsOf(jobs: readonly PendingJob[]): Set<number> {
  const targets = new Set<number>();
  for (const { job } of jobs) {
    for (const command of job.commands) {
      if ('target' in command && command.target !== null) targets.add(command.target);
    }
  }
  return targets;
}

/** True if the job may append something of its own. */
export function mayWrite({ commands, records }: Job<unknown>): boolean {
  return commands.length > 0 || records === true;
}

/** Returns how many jobs may change their account. */
export function writesOf(jobs: readonly PendingJob[]): number {
  return jobs.filter(({ job }) => mayWrite(job)).length;
}
