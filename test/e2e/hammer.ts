import { Agent, type IncomingMessage, request } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';

interface Hammering {
  /** Ids of the acknowledged transactions. */
  readonly acknowledged: readonly string[];
  readonly faults: readonly string[];
  /** Resolves to how long the clients themselves were held up at most, in milliseconds. */
  readonly ended: Promise<number>;
}

const query = `mutation Hammer($input: AddTransactionInput!) {
  addTransaction(input: $input) { transaction { id } errors { message } }
}`;

/**
 * Starts clients with one kept-alive connection each. They add transactions as fast as possible
 * until the server closes the connection.
 */
export function hammer(origin: string, clients: number): Hammering {
  const acknowledged: string[] = [];
  const faults: string[] = [];
  const client = async (accountId: string) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let points = 1; ; points++) {
      const input = { accountId, payer: 'P', points, timestamp: '2020-01-01T00:00:00Z' };
      const { id, isLast } = await add(`${origin}/graphql`, agent, { input });
      acknowledged.push(id);
      if (isLast) break;
    }
    agent.destroy();
  };
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const all = Array.from({ length: clients }, (_, index) =>
    client(`client-${index % 4}`).catch((error) => faults.push(String(error))),
  );
  const ended = Promise.all(all).then(() => {
    delay.disable();
    return delay.max / 1e6;
  });
  return { acknowledged, faults, ended };
}

interface Added {
  readonly id: string;
  readonly isLast: boolean;
}

async function add(url: string, agent: Agent, variables: object): Promise<Added> {
  const body = JSON.stringify({ query, variables });
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, { agent, method: 'POST', headers: { 'content-type': 'application/json' } })
      .on('response', resolve)
      .on('error', reject)
      .end(body);
  });
  let text = '';
  for await (const chunk of response) text += chunk;
  const id = JSON.parse(text).data?.addTransaction?.transaction?.id;
  if (id === undefined) throw new Error(`Unexpected response: ${text}`);
  return { id, isLast: response.headers.connection === 'close' };
}
