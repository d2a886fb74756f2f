import { LoadConnection } from '../http/load-connection';
import { processorSeconds } from '../http/processor-time';
import { type ServerProcess, startLedger } from '../http/server-process';
import type { Section } from '../support/section';
import { formatNumber } from '../support/table';
import { type BadRequest, badRequests } from './requests';

/** The second time, the server may know the document. */
const timesEach = 3;

interface Figures {
  readonly name: string;
  readonly requestBytes: number;
  readonly status: number;
  readonly responseBytes: number;
  /** The longest wait of a client with a small request meanwhile. */
  readonly otherWaitMsMax: number;
  /** Of one request; Linux counts in steps of 10. */
  readonly processorMs: number;
}

/** Measures how long other clients wait while a large invalid request is refused. */
export const badRequestsSection: Section = {
  name: 'bad-requests',
  title: 'Bad requests: how long another client waits for one',
  async run() {
    const server = await startLedger('memory:');
    try {
      await warmUp(server);
      const figures: Figures[] = [];
      for (const request of badRequests) figures.push(await measure(server, request));
      return { figures, tables: [present(figures)] };
    } finally {
      await server.stop();
    }
  },
};

async function warmUp(server: ServerProcess): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    for (const request of badRequests.slice(1, 4)) await measure(server, request);
  }
}

async function measure(server: ServerProcess, { name, toWire }: BadRequest): Promise<Figures> {
  const request = toWire(server.port);
  const other = await watchWaits(server.port);
  const before = processorSeconds(server);
  let response: Buffer = Buffer.alloc(0);
  for (let time = 0; time < timesEach; time += 1) response = await sendAlone(server.port, request);
  const processorMs = ((processorSeconds(server) - before) * 1_000) / timesEach;
  const otherWaitMsMax = await other.stop();
  return {
    name,
    requestBytes: request.length,
    status: Number(response.toString('latin1', 9, 12)),
    responseBytes: response.length,
    otherWaitMsMax,
    processorMs,
  };
}

/** Sends over a connection of its own, since the server may close it after a refusal. */
async function sendAlone(port: number, request: Buffer): Promise<Buffer> {
  const connection = new LoadConnection(port);
  await connection.open();
  const response = await connection.send(request);
  connection.close();
  return response;
}

/** Sends small requests all the time. */
async function watchWaits(port: number): Promise<{ stop(): Promise<number> }> {
  const connection = new LoadConnection(port);
  await connection.open();
  const request = Buffer.from(`GET /healthz HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\n`);
  let isStopping = false;
  let longest = 0;
  const asking = (async () => {
    while (!isStopping) {
      const begun = performance.now();
      await connection.send(request);
      longest = Math.max(longest, performance.now() - begun);
    }
  })();
  return {
    async stop() {
      isStopping = true;
      await asking;
      connection.close();
      return longest;
    },
  };
}

function present(figures: readonly Figures[]) {
  return {
    title: 'One bad request after another, and the longest wait of another client',
    columns: [
      'request',
      'size in KB',
      'status',
      'response in bytes',
      'wait in ms',
      'processor in ms',
    ],
    rows: figures.map((each) => [
      each.name,
      formatNumber(each.requestBytes / 1_000),
      String(each.status),
      formatNumber(each.responseBytes),
      formatNumber(each.otherWaitMsMax),
      formatNumber(each.processorMs),
    ]),
    notes: [
      `Each is sent ${timesEach} times: the second time its document may be known.`,
      'The wait is the longest of all, and includes the processor time that other programs took.',
    ],
  };
}
