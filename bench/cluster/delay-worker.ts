import { startDelayProxy } from '../support/delay-proxy';

/**
 * A network between servers and database: `delay-worker.js PORT MS`. Sends the port of the proxy.
 */
void main(process.argv.slice(2).map(Number));

async function main([target, roundTripMs]: readonly number[]): Promise<void> {
  // All of it on the way back: a timer of whole milliseconds is nearer to 5 than two to 2.5.
  const { port } = await startDelayProxy(target, 0, roundTripMs);
  process.send!(port);
}
