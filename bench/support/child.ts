import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface ChildOptions {
  readonly script: string;
  readonly arguments?: readonly string[];
  readonly nodeOptions?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Binds the process to one processor, if the system can; null leaves it to the system. */
  readonly core?: number | null;
  readonly stdout?: 'inherit' | 'ignore';
}

/** Starts a Node process with a message channel. */
export function startChild(options: ChildOptions): ChildProcess {
  const { core = null, environment = {}, stdout = 'inherit' } = options;
  const node = [
    process.execPath,
    ...(options.nodeOptions ?? []),
    options.script,
    ...(options.arguments ?? []),
  ];
  const [command, ...rest] =
    core !== null && canPin ? ['taskset', '-c', String(core), ...node] : node;
  return spawn(command, rest, {
    stdio: ['ignore', stdout, 'inherit', 'ipc'],
    env: { ...process.env, ...environment },
  });
}

/** On other systems processes share the processors without pinning. */
const canPin = process.platform === 'linux';

/** Returns the next message of a child; rejects if it ends before it sends one. */
export async function nextMessage<Message>(child: ChildProcess): Promise<Message> {
  const given = new AbortController();
  const { signal } = given;
  try {
    return await Promise.race([
      once(child, 'message', { signal }).then(([message]) => message as Message),
      once(child, 'exit', { signal }).then(([code]): never => {
        throw new Error(`${child.spawnargs.join(' ')} ended with ${code} before it sent a message`);
      }),
    ]);
  } finally {
    given.abort();
  }
}

/** Runs a process that sends one message, and waits for its end. */
export async function runChild<Message>(options: ChildOptions): Promise<Message> {
  const child = startChild(options);
  const exit = once(child, 'exit');
  const message = await nextMessage<Message>(child);
  child.kill();
  await exit;
  return message;
}

/** Ends a process by SIGTERM, and waits for its end. */
export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}
