// A real issuer of tokens, as a process of its own: oidc-provider is an ES module. It prints its
// port. `ISSUER_KEYS` is its JSON Web Key Set with private keys, `ISSUER_CLAIMS` the claims that it
// adds to the tokens of each of its clients, `PORT` a port or 0.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const jwks = JSON.parse(process.env.ISSUER_KEYS);
const claims = JSON.parse(process.env.ISSUER_CLAIMS);
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
    clients: Object.keys(claims).map(clientOf),
    scopes: ['points:read', 'points:spend', 'points:write', 'points:admin'],
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: { enabled: true, getResourceServerInfo: resourceServer },
    },
    extraTokenClaims: (_context, { clientId }) => claims[clientId],
  };
}

function clientOf(id) {
  return {
    client_id: id,
    client_secret: `secret of the ${id}`,
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    id_token_signed_response_alg: jwks.keys[0].alg,
  };
}

/** The audience may say what its tokens are signed with. */
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
