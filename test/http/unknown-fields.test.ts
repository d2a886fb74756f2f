import { type LedgerServer, startLedger } from '../support/ledger-server';
import { addMany, addOne, postTo, preview, row, twice } from './plain-requests';

let server: LedgerServer;
beforeAll(async () => {
  server = await startLedger();
});
afterAll(() => server.stop());

const post = (query: string, variables: string) => postTo(server.endpoint, query, variables);

describe('an unknown field of an input object', () => {
  const typo = '{"accountId":"a","payr":"P","points":1,"timestamp":"2020-01-01T00:00:00Z"}';
  const unknown = /^Variable "\$input" got invalid value.*; Field "payr" is not defined by type/;
  const missing = /; Field "payer" of required type "String!" was not provided\.$/;

  /** Asks until the operation is compiled too. */
  async function coldAndWarm(query: string, valid: string, wrong: string) {
    const cold = await post(query, wrong);
    for (let times = 0; times < 12; times += 1) await post(query, valid);
    expect(await twice(() => post(query, wrong))).toEqual(cold);
    expect(cold.status).toBe(400);
    return cold.messages;
  }

  test('is named before the required one that is missing', async () => {
    const valid = `{"input":${row('"a"', '1')}}`;
    const messages = await coldAndWarm(addOne, valid, `{"input":${typo}}`);
    expect(messages).toEqual([expect.stringMatching(unknown), expect.stringMatching(missing)]);
  });

  test('is named with its place in a list, also behind many other errors', async () => {
    const wrong = Array(30).fill(row('"a"', '0.5')).join(',');
    const messages = await coldAndWarm(
      addMany,
      `{"input":{"transactions":[${row('"a"', '1')}]}}`,
      `{"input":{"transactions":[${wrong},${typo}]}}`,
    );
    expect(messages).toEqual([
      expect.stringMatching(unknown),
      expect.stringContaining('"input.transactions[0].points"'),
      expect.stringContaining('Too many errors'),
    ]);
    expect(messages[0]).toContain(' at "input.transactions[30]"');
  });

  test('is named in a single value for a list, and in a choice of payers', async () => {
    const { messages } = await twice(() => post(addMany, `{"input":{"transactions":${typo}}}`));
    expect(messages).toEqual([expect.stringMatching(unknown), expect.stringMatching(missing)]);
    const choice = await twice(() => post(preview, '{"input":{"payers":{"onyl":["P"]}}}'));
    expect(choice.messages[0]).toMatch(/ at "input\.payers"; Field "onyl" is not defined by type/);
    expect(choice.messages[1]).toMatch(
      /Field "points" of required type "Points!" was not provided/,
    );
  });

  test('is named among several, of which the first three are, and a missing variable', async () => {
    const four = '{"accountId":"a","a":1,"b":1,"c":1,"d":1,"payer":"P","points":1}';
    const { messages } = await twice(() => post(addOne, `{"input":${four}}`));
    expect(messages.slice(0, 3).map((each) => each.slice(each.indexOf(';')))).toEqual(
      ['a', 'b', 'c'].map(
        (name) => `; Field "${name}" is not defined by type "AddTransactionInput".`,
      ),
    );
    expect(messages.slice(3)).toEqual([
      expect.stringMatching(/Field "timestamp" of required type/),
      expect.stringContaining('Too many errors'),
    ]);
    const two = `query ($id: ID!, $input: PreviewSpendInput!) {
      balances(accountId: $id) { points } previewSpend(input: $input) { __typename }
    }`;
    const both = await twice(() => post(two, '{"input":{"points":1,"upto":true}}'));
    expect(both.messages).toEqual([
      expect.stringContaining('Field "upto" is not defined by type "PreviewSpendInput".'),
      'Variable "$id" of required type "ID!" was not provided.',
    ]);
  });
});
