import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { freePort } from './free-port';
import { postgresBinaries } from './postgres-binaries';
import { temporaryFolder } from './temporary-folder';
import { useStarted } from './use-started';

/** PostgreSQL refuses to be root; this user is on every system. */
const nobody = 65_534;
const startMsMax = 30_000;

/** How PostgreSQL ends: at once as by a power cut, or with or without an orderly rollback. */
export type Ending = 'kill' | 'immediate' | 'fast';

/** `-c name=value` of a server. */
export type Settings = Readonly<Record<string, string | number>>;

const testSettings: Settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  // Writes that the system has accepted outlive the process, and no test cuts the power.
  fsync: 'off',
  max_connections: 200,
  shared_buffers: '64MB',
  lc_messages: 'C',
};

/** A real PostgreSQL for a test, in a folder that is removed when it is disposed of. */
export class PostgresServer {
  #process: ChildProcess | null = null;
  /** Its log, to be shown when a test fails. */
  log = '';

  private constructor(
    readonly folder: string,
    readonly port: number,
    private readonly settings: Settings,
  ) {}

  /**
   * Makes a server and starts it. Takes about half a second.
   *
   * @param template the folder of a stopped server to begin with; an empty one by default.
   */
  static async start(settings: Settings = {}, template = emptyTemplate()): Promise<PostgresServer> {
    const server = new PostgresServer(copyDataFolder(template), await freePort(), settings);
    try {
      await server.start();
      return server;
    } catch (error) {
      await server.dispose();
      throw error;
    }
  }

  /**
   * Returns a server on an existing folder, not started: a standby on a copy of a stopped primary.
   */
  static async on(folder: string, settings: Settings = {}): Promise<PostgresServer> {
    return new PostgresServer(folder, await freePort(), settings);
  }

  get isRunning(): boolean {
    return this.#process !== null;
  }

  /** Returns the address of a database, for DATABASE_URL. */
  url(database = 'postgres', port = this.port): string {
    return `postgres://postgres@127.0.0.1:${port}/${database}`;
  }

  /** Starts it; resolves when it accepts connections. */
  async start(): Promise<void> {
    const settings = Object.entries({ ...testSettings, ...this.settings, port: this.port });
    const child = spawn(
      join(postgresBinaries(), 'postgres'),
      ['-D', this.folder, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      { ...nobodyOptions(), stdio: ['ignore', 'ignore', 'pipe'] },
    );
    this.#process = child;
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.log += text;
    });
    child.once('exit', () => {
      this.#process = null;
    });
    await this.#ready(child);
  }

  /** Ends it; resolves when the process has ended. */
  async stop(ending: Ending = 'fast'): Promise<void> {
    const child = this.#process;
    if (child === null) return;
    const ended = once(child, 'exit');
    if (ending === 'kill') this.#killAll(child);
    else child.kill(ending === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await ended;
    // A child that is still ending holds the other end of the pipe, and would keep jest waiting.
    child.stderr!.destroy();
  }

  /** Freezes or resumes it: while frozen, it accepts connections and does not respond. */
  freeze(isFrozen: boolean): void {
    this.#signal(isFrozen ? 'SIGSTOP' : 'SIGCONT');
  }

  /** Runs one statement in a connection of its own. */
  async query(text: string, database = 'postgres'): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: this.url(database) });
    await client.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  }

  /** Makes an empty database and returns its address. */
  async createDatabase(name: string): Promise<string> {
    await this.query(`CREATE DATABASE "${name}"`);
    return this.url(name);
  }

  /** Ends it in whatever state a failed test left it, and removes its folder. */
  async dispose(): Promise<void> {
    // A frozen process gets no other signal, and would keep jest waiting.
    this.freeze(false);
    await this.stop('immediate');
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #ready(child: ChildProcess): Promise<void> {
    for (let waited = 0; waited < startMsMax; waited += 20) {
      if (child.exitCode !== null || child.signalCode !== null) break;
      if (await this.#responds()) return;
      await pause(20);
    }
    throw new Error(`PostgreSQL does not start:\n${this.log}`);
  }

  async #responds(): Promise<boolean> {
    try {
      await this.query('SELECT 1');
      return true;
    } catch {
      return false;
    }
  }

  /** Returns the process ids of the server and its children. */
  #pids(): number[] {
    const pid = this.#process?.pid;
    if (pid === undefined) return [];
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return [pid, ...children.split(' ').filter(Boolean).map(Number)];
  }

  /**
   * Kills all processes. The postmaster is stopped first, so that it neither sees its children end
   * and cleans up, nor starts another that would outlive it.
   */
  #killAll(child: ChildProcess): void {
    child.kill('SIGSTOP');
    this.#signal('SIGKILL');
  }

  #signal(signal: NodeJS.Signals): void {
    for (const pid of this.#pids()) {
      try {
        process.kill(pid, signal);
      } catch (error) {
        // It has ended by itself.
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
  }
}

/** Starts a server before the tests of one file, and removes it after them. */
export function usePostgres(settings: Settings = {}): () => PostgresServer {
  return useStarted(() => PostgresServer.start(settings), startMsMax);
}

/** Makes a folder that the server's user can enter: those of `mkdtemp` are only for their owner. */
export function folderForPostgres(): string {
  const folder = temporaryFolder('postgres');
  if (isRoot()) chownSync(folder, nobody, nobody);
  return folder;
}

/** Copies a stopped server's folder, or the template's. */
export function copyDataFolder(from: string): string {
  const folder = folderForPostgres();
  execFileSync('cp', ['-a', `${from}/.`, folder]);
  chmodSync(folder, 0o700);
  return folder;
}

/**
 * Returns the folder of an empty server, made once: to make another takes a second, and to copy it
 * less.
 */
export function emptyTemplate(): string {
  const binaries = postgresBinaries();
  const version = execFileSync(
    join(binaries, 'postgres'),
    ['--version'],
    nobodyOptions(),
  ).toString();
  const template = join(tmpdir(), `ledger-postgres-template-${version.replace(/[^\w.]+/g, '-')}`);
  if (!existsSync(template)) makeTemplate(binaries, template);
  return template;
}

function makeTemplate(binaries: string, template: string): void {
  const made = folderForPostgres();
  const options = ['--auth=trust', '--username=postgres', '--encoding=UTF8', '--locale=C', '-N'];
  execFileSync(join(binaries, 'initdb'), ['-D', made, ...options], nobodyOptions());
  keepTemplate(made, template);
}

/** Gives the folder of a stopped server the name of a template. */
export function keepTemplate(made: string, template: string): void {
  try {
    renameSync(made, template);
  } catch {
    // Another worker won the race.
    rmSync(made, { recursive: true, force: true });
  }
}

/** Returns options to spawn a process that must not be root. */
export function nobodyOptions() {
  // This user may have no right to enter the working directory.
  return isRoot() ? { uid: nobody, gid: nobody, cwd: tmpdir() } : {};
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
