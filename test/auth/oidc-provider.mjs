// A real issuer of tokens, as a process of its own: oidc-provider is an ES module. It prints its
// port. `ISSUER_KEYS` is its JSON Web Key Set with private keys, `PORT` a port or 0.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const jwks = JSON.parse(process.env.ISSUER_KEYS);
const server = createServer();
server.listen(Number(process.env.PORT), '127.0.0.1', () => {
  const { port } = server.address();
  const provider = new Provider(`http://127.0.0.1:${port}`, configuration());
  server.on('request', provider.callback());
  console.log(port);
});

function configuration() {
  return {
    jwks,
    clients: [
      {
        client_id: 'shop',
        client_secret: 'secret of the shop',
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
        id_token_signed_response_alg: jwks.keys[0].alg,
      },
    ],
    scopes: ['points:read', 'points:spend', 'points:write', 'points:admin'],
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: { enabled: true, getResourceServerInfo: resourceServer },
    },
    // The name of an audience says what its tokens are signed with, and whose account they name.
    extraTokenClaims: (_context, token) => {
      const account = new URL(token.aud).searchParams.get('account');
      return account === null ? {} : { account };
    },
  };
}

function resourceServer(_context, resource) {
  const alg = new URL(resource).searchParams.get('alg') ?? 'ES256';
  return {
    scope: 'points:read points:spend points:write points:admin',
    audience: resource,
    accessTokenTTL: 600,
    accessTokenFormat: 'jwt',
    jwt: { sign: { alg } },
  };
}
