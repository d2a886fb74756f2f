import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { requestSource, rowsPerBulk } from '../http/graphql-requests';
import { LoadConnection } from '../http/load-connection';
import { residentBytes, startLedger } from '../http/server-process';
import { emptyDataFolder } from '../support/data-folder';

/** The resident memory of the server process; null if the system does not report it. */
export interface ServerMemory {
  readonly atRestBytes: number | null;
  /** After it took {@link openLots} over the API, and was idle for a while. */
  readonly filledBytes: number | null;
}

export const openLots = 1_000_000;
const accounts = 1_000;
const settleMilliseconds = 3_000;

export async function measureServer(): Promise<ServerMemory> {
  const server = await startLedger(`file:${join(emptyDataFolder('memory'), 'ledger.db')}`);
  try {
    await pause(settleMilliseconds);
    const atRestBytes = residentBytes(server);
    await fill(server.port);
    await pause(settleMilliseconds);
    return { atRestBytes, filledBytes: residentBytes(server) };
  } finally {
    await server.stop();
  }
}

async function fill(port: number): Promise<void> {
  const next = requestSource({ kind: 'addTransactions', accounts, keys: 'none' }, port);
  const connection = new LoadConnection(port);
  await connection.open();
  for (let lots = 0; lots < openLots; lots += rowsPerBulk) await connection.send(next());
  connection.close();
}
