import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { nextMessage, startChild, stopChild } from '../support/child';
import type { LoadFigures, LoadOrder } from './load-worker';
import { loadCore } from './server-process';

/** The process that makes load, one burst at a time. */
export class Load {
  private constructor(readonly child: ChildProcess) {}

  /** @param core the processor to which it is bound; null for any. */
  static async start(core: number | null = loadCore): Promise<Load> {
    const child = startChild({ script: join(__dirname, 'load-worker.js'), core });
    await nextMessage(child);
    return new Load(child);
  }

  async run(order: LoadOrder): Promise<LoadFigures> {
    const response = nextMessage<LoadFigures>(this.child);
    this.child.send(order);
    return response;
  }

  stop(): Promise<void> {
    return stopChild(this.child);
  }
}
