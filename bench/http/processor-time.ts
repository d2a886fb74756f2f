import { readFileSync } from 'node:fs';
import type { Load } from './load';
import type { LoadFigures, LoadOrder } from './load-worker';
import type { ServerProcess } from './server-process';

/** Linux reports processor time in hundredths of a second. */
const ticksPerSecond = 100;

/** The figures of a burst, and the server's share of its processor. */
export interface BurstFigures extends LoadFigures {
  /** Below 1 it waited: for requests, for the disk, or for other programs on the processor. */
  readonly serverBusy: number;
  /** The rate that the server would reach if it never waited; other programs hardly affect it. */
  readonly requestsPerProcessorSecond: number;
}

/**
 * Runs a burst and reads the server's processor time before and after it; NaN if the system does
 * not report it.
 */
export async function burst(
  load: Load,
  server: ServerProcess,
  order: Omit<LoadOrder, 'port'>,
): Promise<BurstFigures> {
  const before = processorSeconds(server);
  const start = performance.now();
  const figures = await load.run({ ...order, port: server.port });
  const serverBusy = (processorSeconds(server) - before) / ((performance.now() - start) / 1_000);
  return {
    ...figures,
    serverBusy,
    requestsPerProcessorSecond: figures.requestsPerSecond / serverBusy,
  };
}

export function processorSeconds({ child }: ServerProcess): number {
  try {
    const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8');
    // The name in parentheses may hold blanks; user and system time are the 12th and 13th fields
    // after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  } catch {
    return Number.NaN;
  }
}
