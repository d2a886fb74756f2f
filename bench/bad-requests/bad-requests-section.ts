import { LoadConnection } from '../http/load-connection';
import { processorSeconds } from '../http/processor-time';
import { type ServerProcess, startLedger } from '../http/server-process';
import type { Section } from '../support/section';
import { formatNumber } from '../support/table';
import { type BadRequest, badRequests } from './requests';

/** The second time a document may be known to the server. */
const timesEach = 3;

interface Figures {
  readonly name: string;
  readonly requestBytes: number;
  readonly status: number;
  readonly answerBytes: number;
  /** The longest that a client with a small request waited meanwhile. */
  readonly otherWaitMsMax: number;
  /** Of one request; 10 is the smallest that Linux tells. */
  readonly processorMs: number;
}

/** How long others wait while a request is refused that is wrong and large. */
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
  let answer: Buffer = Buffer.alloc(0);
  for (let time = 0; time < timesEach; time += 1) answer = await sendAlone(server.port, request);
  const processorMs = ((processorSeconds(server) - before) * 1_000) / timesEach;
  const otherWaitMsMax = await other.stop();
  return {
    name,
    requestBytes: request.length,
    status: Number(answer.toString('latin1', 9, 12)),
    answerBytes: answer.length,
    otherWaitMsMax,
    processorMs,
  };
}

/** Over a connection of its own: the server may close it behind a refusal. */
async function sendAlone(port: number, request: Buffer): Promise<Buffer> {
  const connection = new LoadConnection(port);
  await connection.open();
  const answer = await connection.send(request);
  connection.close();
  return answer;
}

/** Asks for something small all the time. */
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
      'answer in bytes',
      'wait in ms',
      'processor in ms',
    ],
    rows: figures.map((each) => [
      each.name,
      formatNumber(each.requestBytes / 1_000),
      String(each.status),
      formatNumber(each.answerBytes),
      formatNumber(each.otherWaitMsMax),
      formatNumber(each.processorMs),
    ]),
    notes: [
      `Each is sent ${timesEach} times: the second time its document may be known.`,
      'The wait is the longest of all, and holds what other programs take of the processor.',
    ],
  };
}
