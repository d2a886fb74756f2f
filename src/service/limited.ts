import { setImmediate as nextIteration } from 'node:timers/promises';

/** A semaphore: runs up to `max` tasks at a time in their order, and yields before each. */
export class Limited {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly max: number) {}

  async run<Result>(task: () => Promise<Result>): Promise<Result> {
    if (this.running >= this.max) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running += 1;
    try {
      await nextIteration();
      return await task();
    } finally {
      // The permit is passed on, so that a new task does not overtake those that wait.
      const next = this.waiting.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}
