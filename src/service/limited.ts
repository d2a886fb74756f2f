import { setImmediate as nextTurn } from 'node:timers/promises';

/** Runs tasks in their order, so many at a time, and lets other work in before each. */
export class Limited {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly max: number) {}

  async run<Result>(task: () => Promise<Result>): Promise<Result> {
    if (this.running >= this.max) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running += 1;
    try {
      await nextTurn();
      return await task();
    } finally {
      // The place is handed on, so that nobody who comes now takes it from those who wait.
      const next = this.waiting.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}
