import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { useFolder } from '../journal/sqlite/fixture';
import { type LedgerServer, startLedger } from '../support/ledger-server';
import { stateOf } from './ledger';
import { pointsHere } from './points-here';

const folder = useFolder();
let server: LedgerServer;
let front: Server;
let onFirst: () => void;
beforeEach(async () => {
  server = await startLedger();
  let calls = 0;
  // The first request comes when the file was read once, before it is read again to be sent.
  front = createServer(async (request, response) => {
    const body = await text(request);
    if (calls++ === 0) onFirst();
    const headers = { 'content-type': 'application/json' };
    const forwarded = await fetch(server.endpoint, { method: 'POST', headers, body });
    response.writeHead(forwarded.status, headers).end(await forwarded.text());
  });
  await new Promise<void>((listening) => front.listen(0, '127.0.0.1', listening));
});
afterEach(async () => {
  front.closeAllConnections();
  front.close();
  await server.stop();
});

const head = 'payer,points,timestamp\n';
const row = 'A,1,2020-11-02T14:00:00Z\n';

test.each([
  ['cut at the end of a row', head + row.repeat(3), 3],
  ['cut within a row', head + row.repeat(3) + row.slice(0, 5), 3],
  ['grown', head + row.repeat(7), 7],
  ['left with an open quote', `${head}"A`, 0],
])(
  'a file that is %s while it is sent is reported, and continued under the same name',
  async (...given) => {
    const [, changed, added] = given;
    const path = join(folder(), 'rows.csv');
    const whole = head + row.repeat(5);
    writeFileSync(path, whole);
    onFirst = () => writeFileSync(path, changed);
    const url = `http://127.0.0.1:${(front.address() as AddressInfo).port}/`;
    const ran = await pointsHere(['import', path, '--url', url]);
    expect(ran).toMatchObject({ code: 2 });
    expect(ran.errors).toContain('The file changed while it was read');
    expect(ran.out).toContain(`${added} added`);
    const [, name] = /--name "(.*?)"/.exec(ran.errors) ?? [];
    writeFileSync(path, whole);
    expect(await pointsHere(['import', path, '--url', url, '--name', name])).toMatchObject({
      code: 0,
    });
    expect((await stateOf(server.endpoint))?.points).toBe(Math.max(5, added));
  },
);
