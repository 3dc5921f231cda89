import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';

export interface Person {
  /** What the provider knows them by. */
  subject: string;
  email?: string;
  emailVerified?: boolean | string;
  name?: string;
  amr?: string[];
  /** In seconds since the epoch; now, where it is not told. */
  signedInAt?: number;
}

interface Options {
  redirectUri: string;
  /** Whether the email stands in the token; else it is told by the userinfo endpoint alone. */
  tellsInToken?: boolean;
  /** Whether the token says when they signed in (`auth_time`), also where nobody asked for it. */
  tellsWhen?: boolean;
}

const clientId = 'keyward';

/**
 * A real provider of OpenID Connect. It asks nobody for a password: whoever is `present` is signed in, as at
 * a company where everybody is signed in since the morning.
 */
export async function startIdentityProvider(secret = 'a client secret of the test') {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  const state: { present: Person | null; isAway: boolean } = {
    present: null,
    isAway: false,
  };
  const people = new Map<string, Person>();
  let listener: RequestListener | null = null;
  server.on('request', (request, response) => {
    if (state.isAway) {
      response.writeHead(503).end('away');
      return;
    }
    listener?.(request, response);
  });

  const open = (options: Options) => {
    const provider = new Provider(issuer, configuration(options, secret, people));
    provider.on('server_error', (_, error) => console.error(error));
    const serve: RequestListener = provider.callback();
    const show = async (request: IncomingMessage, response: ServerResponse) => {
      const { prompt, params } = await provider.interactionDetails(request, response);
      const { present } = state;
      if (present === null) {
        const denial = { error: 'access_denied', error_description: 'nobody is here' };
        return provider.interactionFinished(request, response, denial);
      }
      people.set(present.subject, present);
      if (prompt.name === 'login') {
        const { subject: accountId, amr, signedInAt: ts } = present;
        const login = { accountId, ...(amr && { amr }), ...(ts && { ts }) };
        return provider.interactionFinished(request, response, { login });
      }
      const grant = new provider.Grant({
        accountId: present.subject,
        clientId: String(params.client_id),
      });
      grant.addOIDCScope('openid email profile');
      const consent = { grantId: await grant.save() };
      return provider.interactionFinished(request, response, { consent });
    };
    listener = (request, response) => {
      if (request.url?.startsWith('/interaction/')) {
        void show(request, response).catch((error) => response.writeHead(500).end(String(error)));
      } else {
        serve(request, response);
      }
    };
  };

  return {
    settings: { issuer, clientId, clientSecret: secret, name: 'Example ID', secondFactorAcr: null },
    state,
    /** Once it is known where Keyward is. */
    open,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export type IdentityProvider = Awaited<ReturnType<typeof startIdentityProvider>>;

function configuration(
  { redirectUri, tellsInToken = false, tellsWhen = true }: Options,
  secret: string,
  people: ReadonlyMap<string, Person>,
): Configuration {
  return {
    clients: [
      {
        client_id: clientId,
        client_secret: secret,
        redirect_uris: [redirectUri],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_post',
        require_auth_time: tellsWhen,
      },
    ],
    claims: { email: ['email', 'email_verified'], profile: ['name'], openid: ['sub', 'amr'] },
    features: { devInteractions: { enabled: false } },
    conformIdTokenClaims: !tellsInToken,
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    cookies: { keys: ['a key for the cookies of the test'] },
    findAccount: (_, subject) => {
      const person = people.get(subject);
      return {
        accountId: subject,
        claims: () => ({
          sub: subject,
          ...(person?.email !== undefined && { email: person.email }),
          // Some say it as text, which is no yes.
          ...(person?.emailVerified !== undefined && {
            email_verified: person.emailVerified as boolean,
          }),
          ...(person?.name !== undefined && { name: person.name }),
        }),
      };
    },
    pkce: { required: () => true },
    ttl: { Session: 3600, Interaction: 600, Grant: 3600, AccessToken: 600, IdToken: 600 },
  };
}
