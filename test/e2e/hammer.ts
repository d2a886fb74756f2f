import { Agent, type IncomingMessage, request } from 'node:http';

export interface Hammering {
  /** Ids of the transactions that were answered. */
  readonly answered: readonly string[];
  /** What went wrong in another way than that nobody listens any more. */
  readonly faults: readonly string[];
  readonly ended: Promise<void>;
}

const query = `mutation Hammer($input: AddTransactionInput!) {
  addTransaction(input: $input) { transaction { id } errors { message } }
}`;

/**
 * Clients that each keep one connection alive and add as fast as they are answered, until nobody
 * listens.
 */
export function hammer(origin: string, clients: number): Hammering {
  const answered: string[] = [];
  const faults: string[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const client = async (accountId: string) => {
    for (let points = 1; ; points++) {
      const input = { accountId, payer: 'P', points, timestamp: '2020-01-01T00:00:00Z' };
      try {
        answered.push(await add(`${origin}/graphql`, agent, { input }));
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if (code !== 'ECONNREFUSED') faults.push(`${code}: ${message}`);
        return;
      }
    }
  };
  const all = Array.from({ length: clients }, (_, index) => client(`client-${index % 4}`));
  return { answered, faults, ended: Promise.all(all).then(() => agent.destroy()) };
}

async function add(url: string, agent: Agent, variables: object): Promise<string> {
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
  if (id === undefined) throw new Error(`Answered otherwise: ${text}`);
  return id;
}
