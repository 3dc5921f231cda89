export interface RestAnswer {
  status: number;
  headers: Headers;
  // Tests look into answers of every shape; the contract's schemas check them where that matters.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  body: any;
  text: string;
}

export interface RestCall {
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
}

export type RestClient = (method: string, path: string, call?: RestCall) => Promise<RestAnswer>;

/** Plain calls of the REST face, as an integrator makes them, by this key or by none. */
export function restClient(url: string, secret: string | null): RestClient {
  return async (method, path, { headers = {}, body } = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(secret === null ? {} : { Authorization: `Bearer ${secret}` }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(text) : undefined,
      text,
    };
  };
}
