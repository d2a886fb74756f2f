import { createServer } from 'node:http';

/** The lower bound: the same small JSON over node:http, without GraphQL or a framework. */
let total = 0;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { variables } = JSON.parse(Buffer.concat(chunks).toString());
    total = (total + variables.points) | 0;
    const body = JSON.stringify({ data: { add: total } });
    response.writeHead(200, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  });
});

server.listen(Number(process.env.PORT), '127.0.0.1', () => process.send!('ready'));
