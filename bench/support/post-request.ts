/** Returns the bytes of a POST to `/graphql`, with more headers than the necessary ones. */
export function postRequest(port: number, body: string, ...headers: readonly string[]): Buffer {
  const head = [
    'POST /graphql HTTP/1.1',
    `host: 127.0.0.1:${port}`,
    'content-type: application/json',
    ...headers,
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}
