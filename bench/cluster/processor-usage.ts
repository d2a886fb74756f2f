import { readFileSync } from 'node:fs';

/** The programs of a run. */
type Program = 'servers' | 'PostgreSQL' | 'nginx' | 'network' | 'load';

/** Seconds of all processors together during some time, by who took them. */
export type Usage = Readonly<Record<Program | 'others' | 'idle', number>>;

/** Linux reports processor time in hundredths of a second. */
const ticksPerSecond = 100;

/** Process ids of each program; their children count too. */
export type Programs = Readonly<Record<Program, readonly number[]>>;

/** Reads the processor time of the machine and of the programs of a run. Needs Linux's /proc. */
export class UsageMeter {
  readonly #before: ReturnType<UsageMeter['read']>;

  constructor(private readonly programs: Programs) {
    this.#before = this.read();
  }

  /** Returns who took the processors since the meter was made. */
  sinceStart(): Usage {
    const now = this.read();
    const before = this.#before;
    const own = Object.fromEntries(
      Object.entries(now.own).map(([name, seconds]) => [
        name,
        Math.max(0, seconds - before.own[name as Program]),
      ]),
    ) as Record<Program, number>;
    const ownSeconds = Object.values(own).reduce((sum, each) => sum + each, 0);
    const busy = now.busy - before.busy;
    return { ...own, others: Math.max(0, busy - ownSeconds), idle: now.idle - before.idle };
  }

  private read() {
    const [, ...fields] = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0].split(/\s+/);
    // user, nice, system, idle, iowait, irq, softirq, steal; guest time is part of user time.
    const ticks = fields.slice(0, 8).map(Number);
    const idle = (ticks[3] + ticks[4]) / ticksPerSecond;
    const all = ticks.reduce((sum, each) => sum + each, 0) / ticksPerSecond;
    const own = Object.fromEntries(
      Object.entries(this.programs).map(([name, pids]) => [
        name,
        pids.reduce((sum, pid) => sum + secondsOfTree(pid), 0),
      ]),
    ) as Record<Program, number>;
    return { own, idle, busy: all - idle };
  }
}

export function totalOf(usage: Usage): number {
  return Object.values(usage).reduce((sum, each) => sum + each, 0);
}

/** Returns the seconds of a process and its children, those that have ended included. */
function secondsOfTree(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // utime, stime, and those of children that were waited for.
    const own = fields.slice(11, 15).reduce((sum, each) => sum + Number(each), 0) / ticksPerSecond;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    const pids = children.split(' ').filter(Boolean).map(Number);
    return pids.reduce((sum, each) => sum + secondsOfTree(each), own);
  } catch {
    // It has ended since.
    return 0;
  }
}
