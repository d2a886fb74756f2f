import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { exportJWK, generateKeyPair, importJWK, type JWK, type JWTPayload, SignJWT } from 'jose';

export interface IssuerKey {
  readonly jwk: JWK;
  readonly publicJwk: JWK;
}

export async function newIssuerKey(alg: string, kid: string): Promise<IssuerKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const common = { kid, alg, use: 'sig' };
  return {
    jwk: { ...(await exportJWK(privateKey)), ...common },
    publicJwk: { ...(await exportJWK(publicKey)), ...common },
  };
}

/** Returns a key for each algorithm of signatures that is accepted, named one to four. */
export async function newIssuerKeys(): Promise<IssuerKey[]> {
  return Promise.all([
    newIssuerKey('ES256', 'one'),
    newIssuerKey('RS256', 'two'),
    newIssuerKey('PS256', 'three'),
    newIssuerKey('EdDSA', 'four'),
  ]);
}

/** Signs what an issuer with the same key could sign, with a header of the test's choosing. */
export async function signed(
  { jwk }: IssuerKey,
  payload: JWTPayload,
  header: Record<string, unknown> = {},
): Promise<string> {
  const key = await importJWK(jwk, jwk.alg);
  return new SignJWT(payload)
    .setProtectedHeader({ alg: jwk.alg!, kid: jwk.kid, typ: 'at+jwt', ...header })
    .sign(key);
}

interface IssuerOptions {
  readonly port?: number;
  /** The claims that it adds to the tokens of each of its clients, by their ids. */
  readonly claims?: Readonly<Record<string, object>>;
}

/** oidc-provider on loopback. */
export class Issuer {
  private constructor(
    private readonly process: ChildProcess,
    readonly port: number,
  ) {}

  /** @param more the port of an issuer that was stopped, to replace it. */
  static async start(keys: readonly IssuerKey[], more: IssuerOptions = {}): Promise<Issuer> {
    const { port = 0, claims = { shop: {} } } = more;
    const env = {
      ...process.env,
      PORT: String(port),
      ISSUER_KEYS: JSON.stringify({ keys: keys.map(({ jwk }) => jwk) }),
      ISSUER_CLAIMS: JSON.stringify(claims),
    };
    const child = spawn(process.execPath, [join(__dirname, 'oidc-provider.mjs')], {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [line] = await once(createInterface(child.stdout!), 'line');
    return new Issuer(child, Number(line));
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get jwksUrl(): string {
    return `${this.url}/jwks`;
  }

  /** Requests a token as a program does, with client credentials. */
  async token(audience: string, scope: string, client = 'shop'): Promise<string> {
    const response = await fetch(`${this.url}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${client}:secret+of+the+${client}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope, resource: audience }),
    });
    const body = (await response.json()) as { access_token?: string };
    if (body.access_token === undefined) throw new Error(JSON.stringify(body));
    return body.access_token;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill();
    await once(this.process, 'close');
  }
}
