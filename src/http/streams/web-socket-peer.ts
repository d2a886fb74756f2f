import type { Duplex } from 'node:stream';
import type { WebSocket as ServerSocket } from 'ws';
import type { Limits } from '../../config';

/** In the range for private use, and not used by graphql-transport-ws. */
const cutOffCloseCode = 4290;
export const goingAwayCloseCode = 1001;
export const tryAgainLaterCloseCode = 1013;
const policyViolationCloseCode = 1008;

/**
 * Sends over one WebSocket with backpressure and checks that the peer is alive. A peer that reads
 * nothing, or does not respond, is cut off after a timeout. It receives the reason if it reads
 * again before its connection is destroyed.
 */
export class WebSocketPeer {
  /** The times of the last message of the peer, and of the last message that it received. */
  private seenAt = performance.now();
  private receivedAt = performance.now();
  private pending = 0;
  private readonly timer: NodeJS.Timeout;
  private isClosing = false;
  private refusals = 0;
  /** The length of the message that is being handled. */
  messageLength = 0;
  /** Called once, before the close frame is sent: nothing more can be sent after it. */
  onClosing: (() => void) | null = null;

  private isCorked = false;

  /** @param stream what the WebSocket writes to. */
  constructor(
    private readonly socket: ServerSocket,
    private readonly stream: Duplex,
    private readonly limits: Limits,
    private readonly onCutOff: (reason: string) => void,
  ) {
    this.timer = setInterval(() => this.poll(), limits.streamLookMs);
    const seen = () => {
      this.seenAt = performance.now();
    };
    socket.on('pong', seen).on('message', seen);
    // A pong was sent for each, which is buffered with the other messages.
    socket.on('ping', () => this.cutOffIfFull());
    socket.on('close', () => clearInterval(this.timer));
  }

  /** True if the WebSocket is closing, or about to close: messages of the peer are ignored. */
  get isLeaving(): boolean {
    return this.isClosing || this.refusals >= this.limits.refusalsPerWebSocketMax;
  }

  /** Counts a refused subscription. After the last allowed one, the WebSocket is closed. */
  countRefusal(): void {
    this.refusals += 1;
    if (this.refusals !== this.limits.refusalsPerWebSocketMax) return;
    const reason = `${this.refusals} subscriptions were refused.`;
    setImmediate(() => this.close(policyViolationCloseCode, reason));
  }

  /** Resolves when the operating system has taken the text, or when the connection is closed. */
  send(text: string): Promise<void> {
    const { socket } = this;
    if (socket.readyState !== socket.OPEN) return Promise.resolve();
    if (this.cutOffIfFull()) return Promise.resolve();
    if (this.pending === 0) this.receivedAt = performance.now();
    this.pending += 1;
    this.corkBriefly();
    return new Promise((resolve) => {
      socket.send(text, () => {
        this.pending -= 1;
        this.receivedAt = performance.now();
        resolve();
      });
    });
  }

  /** Buffers until the end of the iteration: one change often is sent to many subscriptions. */
  private corkBriefly(): void {
    if (this.isCorked) return;
    this.isCorked = true;
    this.stream.cork();
    setImmediate(() => {
      this.isCorked = false;
      this.stream.uncork();
    });
  }

  /** Sends a close frame, and destroys the connection if the peer does not respond in time. */
  close(code: number, reason: string, waitMs: number = this.limits.streamCloseMsMax): void {
    if (this.isClosing && code !== goingAwayCloseCode) return;
    if (!this.isClosing) this.onClosing?.();
    this.isClosing = true;
    this.socket.close(code, closeReason(reason));
    const timer = setTimeout(() => this.socket.terminate(), waitMs);
    this.socket.on('close', () => clearTimeout(timer));
  }

  private poll(): void {
    if (this.isClosing) return;
    const since = performance.now() - this.limits.streamStallMsMax;
    if (this.pending > 0 && this.receivedAt < since) this.cutOff('it did not read what was sent');
    else if (this.seenAt < since) this.cutOff('it did not respond');
    else this.socket.ping();
  }

  private cutOffIfFull(): boolean {
    const isFull = this.socket.bufferedAmount > this.limits.streamBufferBytesMax;
    if (isFull) this.cutOff('its buffer is full');
    return isFull;
  }

  private cutOff(reason: string): void {
    if (this.isClosing) return;
    this.onCutOff(reason);
    const message = `Cut off: ${reason}. Subscribe again after the last sequence seen.`;
    this.close(cutOffCloseCode, message, this.limits.streamStallMsMax);
  }
}

/** Truncates to what fits in a close frame: 123 bytes; a cut character can become three of them. */
function closeReason(reason: string): string {
  return Buffer.from(reason).subarray(0, 110).toString();
}
