import { connect, type Socket } from 'node:net';

const headEnd = Buffer.from('\r\n\r\n');

/**
 * One kept-alive connection that sends a request, waits for the whole response, and continues. It
 * reads no more of HTTP than the status and Content-Length: a full client would need more processor
 * time than the servers that it measures.
 */
export class LoadConnection {
  private socket: Socket | null = null;
  private received: Buffer[] = [];
  private receivedBytes = 0;
  /** The length of head and body of the present response; null while its head is incomplete. */
  private expectedBytes: number | null = null;
  private settle: ((response: Buffer) => void) | null = null;
  private fail: ((error: Error) => void) | null = null;

  constructor(private readonly port: number) {}

  open(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port: this.port, host: '127.0.0.1', noDelay: true }, resolve);
      socket.on('data', (chunk) => this.take(chunk));
      socket.on('error', (error) => (this.fail ?? reject)(error));
      socket.on('close', () => this.fail?.(new Error('The server closed a connection in use.')));
      this.socket = socket;
    });
  }

  /** Resolves with head and body of the response. */
  send(request: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.settle = resolve;
      this.fail = reject;
      this.socket!.write(request);
    });
  }

  close(): void {
    this.settle = null;
    this.fail = null;
    this.socket?.destroy();
  }

  private take(chunk: Buffer): void {
    this.received.push(chunk);
    this.receivedBytes += chunk.length;
    this.expectedBytes ??= this.readHead();
    if (this.expectedBytes === null || this.receivedBytes < this.expectedBytes) return;
    const response = this.received.length === 1 ? chunk : Buffer.concat(this.received);
    this.received = [];
    this.receivedBytes = 0;
    this.expectedBytes = null;
    this.settle?.(response);
  }

  private readHead(): number | null {
    if (this.received.length > 1) this.received = [Buffer.concat(this.received)];
    const [bytes] = this.received;
    const end = bytes.indexOf(headEnd);
    if (end === -1) return null;
    const length = /content-length: *(\d+)/i.exec(bytes.toString('latin1', 0, end))?.[1];
    if (length === undefined) throw new Error('A response without Content-Length.');
    return end + headEnd.length + Number(length);
  }
}
