import type { AppRouter } from '@keyward/server/trpc/app-router';
import { createTRPCClient, httpBatchLink, type TRPCClient } from '@trpc/client';

export interface ConsoleClient {
  trpc: TRPCClient<AppRouter>;
  /** The cookies that the server has set, as a browser would send them back. */
  cookies(): string;
  /** The same session, within an organization. */
  within(organizationId: string): TRPCClient<AppRouter>;
}

/** The console's own client with a cookie jar: it calls as the console in a browser does. */
export function consoleClient(url: string): ConsoleClient {
  const jar = new Map<string, string>();
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const client = (headers: Record<string, string>) =>
    createTRPCClient<AppRouter>({
      links: [
        httpBatchLink({
          url: `${url}/trpc`,
          methodOverride: 'POST',
          headers: () => ({
            'X-Keyward-Client': 'console',
            'Sec-Fetch-Site': 'same-origin',
            Cookie: cookies(),
            ...headers,
          }),
          async fetch(input, init) {
            const response = await fetch(input, init as RequestInit);
            for (const cookie of response.headers.getSetCookie()) {
              const [pair = ''] = cookie.split(';');
              const [name = '', value = ''] = pair.split('=');
              jar.set(name, value);
            }
            return response;
          },
        }),
      ],
    });
  return {
    trpc: client({}),
    cookies,
    within: (organizationId) => client({ 'X-Keyward-Organization': organizationId }),
  };
}

/** The same procedures, called by a bot with its key. */
export function botClient(
  url: string,
  secret: string,
  headers: Record<string, string> = {},
): TRPCClient<AppRouter> {
  return createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: `${url}/trpc`,
        headers: { Authorization: `Bearer ${secret}`, ...headers },
      }),
    ],
  });
}
