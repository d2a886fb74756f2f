import type { IncomingMessage, Server } from 'node:http';
import type { ExecutionArgs, GraphQLSchema } from 'graphql';
import {
  CloseCode,
  type Context,
  handleProtocols,
  makeServer,
  type OperationResult,
  type SubscribePayload,
} from 'graphql-ws';
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws';
import { AuthError } from '../../auth/auth-error';
import type { Authentication } from '../../auth/authenticator';
import type { Session } from '../../auth/session';
import type { Limits } from '../../config';
import type { CorsOrigins } from '../../cors-origins';
import type { Logger } from '../../telemetry/logger';
import type { Admission } from '../admission/admission';
import type { PipelinedResponses } from '../admission/pipelined-responses';
import { PresentedError } from '../errors/presented-error';
import { topLevelError } from '../errors/top-level-error';
import { JsonProblem } from '../json/read-json';
import { isNestedDeeper } from './message-depth';
import { readMessage } from './read-message';
import type { Streams } from './streams';
import { addUpgrades } from './upgrades';
import { goingAwayCloseCode, tryAgainLaterCloseCode, WebSocketPeer } from './web-socket-peer';

interface WebSocketsOptions {
  readonly server: Server;
  readonly schema: GraphQLSchema;
  readonly streams: Streams;
  readonly authentication: Authentication;
  readonly limits: Limits;
  readonly logger: Logger;
  readonly newRequestId: () => string;
  readonly admission: Admission;
  readonly responses: PipelinedResponses;
  readonly corsOrigins: CorsOrigins;
}

interface WebSockets {
  /** Refuses new WebSockets and closes the open ones. */
  stop(): void;
}

/** Serves graphql-transport-ws at /graphql, for subscriptions only. */
export function addWebSockets(options: WebSocketsOptions): WebSockets {
  const { server, limits } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.webSocketMessageBytesMax,
    perMessageDeflate: false,
    // At most one message per iteration of the event loop: a flood must not block other clients.
    allowSynchronousEvents: false,
    handleProtocols,
  });
  const peers = new Set<WebSocketPeer>();
  const protocol = graphqlProtocol(options);
  let isStopping = false;
  sockets.on('connection', (socket: ServerSocket, request: IncomingMessage) => {
    const peer = open(socket, request, protocol, options);
    peers.add(peer);
    socket.on('close', () => peers.delete(peer));
  });
  addUpgrades(server, {
    ...options,
    sockets,
    socketsMax: limits.webSocketsMax,
    isStopping: () => isStopping,
  });
  return {
    stop() {
      isStopping = true;
      for (const peer of peers) peer.close(goingAwayCloseCode, 'The server is stopping.');
    },
  };
}

function open(
  socket: ServerSocket,
  request: IncomingMessage,
  protocol: ReturnType<typeof graphqlProtocol>,
  { limits, logger }: WebSocketsOptions,
): WebSocketPeer {
  const peer = new WebSocketPeer(socket, request.socket, limits, (reason) =>
    logger.warn({ reason }, 'A WebSocket was cut off'),
  );
  // A protocol error of the peer closes the connection, with a code that says so.
  socket.on('error', (error) => logger.debug({ err: error }, 'A WebSocket failed'));
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: (text) => peer.send(text),
      close: (code, reason) => peer.close(code ?? 1000, reason ?? ''),
      onMessage: (handleMessage) => {
        socket.on('message', (data) => {
          if (!peer.isLeaving) receive(String(data), peer, handleMessage, { limits, logger });
        });
      },
    },
    { peer, authorization: request.headers.authorization, session: null },
  );
  peer.onClosing = () => void closed();
  socket.once('close', () => void closed());
  return peer;
}

/**
 * Passes a message on to graphql-ws, or closes the WebSocket if it is nested or large beyond
 * limits.
 */
function receive(
  text: string,
  peer: WebSocketPeer,
  handleMessage: (message: string) => Promise<void>,
  { limits, logger }: Pick<WebSocketsOptions, 'limits' | 'logger'>,
): void {
  const depthMax = limits.webSocketMessageDepthMax;
  if (isNestedDeeper(text, depthMax)) {
    peer.close(CloseCode.BadRequest, `A message is nested deeper than ${depthMax}.`);
    return;
  }
  const message = readMessage(text, limits.variableValuesMax);
  if (message instanceof JsonProblem) {
    peer.close(CloseCode.BadRequest, message.message);
    return;
  }
  peer.messageLength = text.length;
  // Its type is for text, but it accepts parsed messages too.
  handleMessage(message as string).catch((error) => {
    logger.error({ err: error }, 'A message over a WebSocket failed');
    peer.close(1011, 'The server failed; the fault is in its log.');
  });
}

interface Extra extends Record<PropertyKey, unknown> {
  readonly peer: WebSocketPeer;
  /** The header of the upgrade request. */
  readonly authorization: string | undefined;
  /** Null until connection_init. */
  session: Session | null;
}

/**
 * Returns graphql-ws's part of the protocol. Streams are opened before graphql-ws executes them, so
 * it neither parses nor validates nor executes anything.
 */
function graphqlProtocol(options: WebSocketsOptions) {
  const { schema, streams, limits, newRequestId } = options;
  return makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: limits.webSocketInitMsMax,
    onConnect: (context) => connect(context, options),
    onSubscribe: async (context, _id, payload) => {
      const { peer, session } = context.extra;
      if (session === null) throw new Error('A WebSocket was not authenticated.');
      const refusal = refusalOf(context, limits);
      const origin = { requestId: newRequestId(), length: peer.messageLength, session };
      const begun =
        refusal === null ? await subscribe(streams, payload, schema, origin) : [refusal];
      if (Array.isArray(begun)) peer.countRefusal();
      return begun;
    },
    subscribe: ({ rootValue }) => rootValue as OperationResult,
    // graphql-ws expects errors of graphql-js; these are already as clients may see them.
    onNext: (_context, _id, _payload, _args, result) => result as never,
  });
}

/**
 * Authenticates a WebSocket by `connection_init`, or else by the header of the upgrade. Returns
 * false, and closes it with the reason, if it is refused.
 */
async function connect(
  context: Context<Record<string, unknown>, Extra>,
  { authentication }: WebSocketsOptions,
): Promise<boolean> {
  const { extra } = context;
  const { Authorization, authorization = Authorization } = context.connectionParams ?? {};
  // Otherwise they, and a secret, stay in memory as long as the connection.
  (context as { connectionParams?: unknown }).connectionParams = undefined;
  try {
    extra.session = await authentication.authenticate(
      typeof authorization === 'string' ? authorization : extra.authorization,
    );
    return true;
  } catch (error) {
    if (!(error instanceof AuthError)) throw error;
    const isTemporary = error.code === 'SERVICE_UNAVAILABLE';
    extra.peer.close(isTemporary ? tryAgainLaterCloseCode : CloseCode.Forbidden, closing(error));
    return false;
  }
}

/** Returns the reason of a close frame, which holds little more than a code. */
function closing({ code }: AuthError): string {
  return `${code}: send {"Authorization": "Bearer …"} in connection_init.`;
}

function refusalOf({ subscriptions }: Context, limits: Limits): PresentedError | null {
  const { subscriptionsPerWebSocketMax: most } = limits;
  // The new one is included.
  if (Object.keys(subscriptions).length <= most) return null;
  const message = `A WebSocket carries at most ${most} subscriptions. End one, or open another.`;
  return new PresentedError(topLevelError('BAD_USER_INPUT', message));
}

async function subscribe(
  streams: Streams,
  payload: SubscribePayload,
  schema: GraphQLSchema,
  origin: Parameters<Streams['subscribe']>[1],
): Promise<ExecutionArgs | readonly PresentedError[]> {
  const begun = await streams.subscribe(payload, origin);
  if ('errors' in begun) return begun.errors.map((error) => new PresentedError(error));
  const { operationName } = payload;
  return { schema, document: begun.document, operationName, rootValue: begun.results };
}
