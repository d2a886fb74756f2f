import { serve } from './server';

const usage = `Usage: node dist/main.js

Runs the server until it gets SIGTERM or SIGINT. It takes no arguments: environment variables such
as PORT, HOST, DATABASE_URL and AUTH are its settings, which docs/operating.md lists.
\`npx points serve\` runs the same server with options, and \`npx points --help\` lists all commands.`;

/** A server that ignored its arguments would listen, or use a file, that nobody meant. */
function main(words: readonly string[]): void {
  const [word] = words;
  if (word === undefined) void serve(process.env);
  else if (words.some((each) => each === '--help' || each === '-h')) console.log(usage);
  else refuse(word);
}

function refuse(word: string): void {
  console.error(
    `The server takes no arguments, and ${JSON.stringify(word)} is one: set environment variables such as ` +
      'PORT and DATABASE_URL, or run `npx points serve`, which has options (`--help` lists them).',
  );
  process.exitCode = 2;
}

main(process.argv.slice(2));
