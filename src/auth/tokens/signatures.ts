import type { JWK } from 'jose';

/** Only signatures of key pairs: with HS256, a public key would be the secret. */
const kinds: Readonly<Record<string, { readonly kty: string; readonly crv?: string }>> = {
  ES256: { kty: 'EC', crv: 'P-256' },
  RS256: { kty: 'RSA' },
  PS256: { kty: 'RSA' },
  EdDSA: { kty: 'OKP', crv: 'Ed25519' },
};

/** The algorithms of signatures that are accepted. */
export const algorithms = Object.keys(kinds);

/** True if the key can verify a signature of one of the algorithms. */
export function verifies({ kty, crv, alg, use, key_ops: operations }: JWK): boolean {
  if (use !== undefined && use !== 'sig') return false;
  if (operations !== undefined && !(operations as unknown[]).includes?.('verify')) return false;
  return algorithms.some((algorithm) => {
    const kind = kinds[algorithm]!;
    const isOfKind = kind.kty === kty && (kind.crv === undefined || kind.crv === crv);
    return isOfKind && (alg === undefined || alg === algorithm);
  });
}
