import type { Duplex } from 'node:stream';
import type { WebSocket as ServerSocket } from 'ws';
import type { Limits } from '../../config';

/** In the range that is free for programs; beside the codes of graphql-transport-ws. */
export const cutOffCloseCode = 4290;
export const goingAwayCloseCode = 1001;
const policyViolationCloseCode = 1008;

/**
 * Looks after one WebSocket: sends no faster than the peer takes, and finds out whether it still
 * does. One that takes nothing, or is gone, is cut off after a bounded time, and told so if it
 * listens again before its connection is cut.
 */
export class WebSocketPeer {
  /** When the peer last gave a sign of life, and when it last took what was sent. */
  private seenAt = performance.now();
  private tookAt = performance.now();
  private waiting = 0;
  private readonly looking: NodeJS.Timeout;
  private isClosing = false;
  private refusals = 0;
  /** The length of the message that is being taken. */
  messageLength = 0;
  /** Told once, before good-bye is said: nothing more can be sent. */
  onLeaving: (() => void) | null = null;

  private isGathering = false;

  /** @param stream what the WebSocket writes to. */
  constructor(
    private readonly socket: ServerSocket,
    private readonly stream: Duplex,
    private readonly limits: Limits,
    private readonly onCutOff: (reason: string) => void,
  ) {
    this.looking = setInterval(() => this.look(), limits.streamLookMs);
    const seen = () => {
      this.seenAt = performance.now();
    };
    socket.on('pong', seen).on('message', seen);
    // Each was answered with a pong, which waits with the rest.
    socket.on('ping', () => this.cutOffIfFull());
    socket.on('close', () => clearInterval(this.looking));
  }

  /** True if the WebSocket is closing, or about to: messages of the peer are ignored. */
  get isLeaving(): boolean {
    return this.isClosing || this.refusals >= this.limits.refusalsPerWebSocketMax;
  }

  /** Counts a refused subscription. The last one is sent, then the WebSocket closed. */
  countRefusal(): void {
    this.refusals += 1;
    if (this.refusals !== this.limits.refusalsPerWebSocketMax) return;
    const reason = `${this.refusals} subscriptions were refused.`;
    setImmediate(() => this.close(policyViolationCloseCode, reason));
  }

  /** Resolves when the peer's system has taken it, or it is gone: who sends waits for that. */
  send(text: string): Promise<void> {
    const { socket } = this;
    if (socket.readyState !== socket.OPEN) return Promise.resolve();
    if (this.cutOffIfFull()) return Promise.resolve();
    if (this.waiting === 0) this.tookAt = performance.now();
    this.waiting += 1;
    this.gather();
    return new Promise((resolve) => {
      socket.send(text, () => {
        this.waiting -= 1;
        this.tookAt = performance.now();
        resolve();
      });
    });
  }

  /** What is sent in one turn goes to the system at once: a change is told to many over one peer. */
  private gather(): void {
    if (this.isGathering) return;
    this.isGathering = true;
    this.stream.cork();
    setImmediate(() => {
      this.isGathering = false;
      this.stream.uncork();
    });
  }

  /** Says good-bye, and does not wait for ever for an answer. */
  close(code: number, reason: string, waitMs: number = this.limits.streamCloseMsMax): void {
    if (this.isClosing && code !== goingAwayCloseCode) return;
    if (!this.isClosing) this.onLeaving?.();
    this.isClosing = true;
    this.socket.close(code, inShort(reason));
    const timer = setTimeout(() => this.socket.terminate(), waitMs);
    this.socket.on('close', () => clearTimeout(timer));
  }

  private look(): void {
    if (this.isClosing) return;
    const since = performance.now() - this.limits.streamStallMsMax;
    if (this.waiting > 0 && this.tookAt < since) this.cutOff('it did not take what was sent');
    else if (this.seenAt < since) this.cutOff('it gave no sign of life');
    else this.socket.ping();
  }

  private cutOffIfFull(): boolean {
    const isFull = this.socket.bufferedAmount > this.limits.streamBufferBytesMax;
    if (isFull) this.cutOff('too much waits for it');
    return isFull;
  }

  private cutOff(reason: string): void {
    if (this.isClosing) return;
    this.onCutOff(reason);
    const message = `Cut off: ${reason}. Subscribe again after the last sequence seen.`;
    this.close(cutOffCloseCode, message, this.limits.streamStallMsMax);
  }
}

/** A close frame has room for 123 bytes, and a part of a character may become three. */
function inShort(reason: string): string {
  return Buffer.from(reason).subarray(0, 110).toString();
}
