/** A browser that follows redirects, with a cookie jar for each site. */
export function createVisitor() {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (url: URL) => {
    const jar = jars.get(url.host) ?? new Map<string, string>();
    jars.set(url.host, jar);
    return jar;
  };
  const visitor = {
    /** Takes cookies in, as `name=value; …`. */
    hold(url: string, cookies: string) {
      for (const pair of cookies.split('; ').filter((one) => one !== '')) {
        const [name = '', ...value] = pair.split('=');
        jarOf(new URL(url)).set(name, value.join('='));
      }
    },
    cookies: (url: string) =>
      [...jarOf(new URL(url))].map(([name, value]) => `${name}=${value}`).join('; '),
    async get(url: string): Promise<Response> {
      const address = new URL(url);
      const headers = { Cookie: visitor.cookies(url), Accept: 'text/html' };
      const response = await fetch(address, { redirect: 'manual', headers });
      for (const cookie of response.headers.getSetCookie()) {
        const [pair = ''] = cookie.split(';');
        const [name = '', ...value] = pair.split('=');
        if (/Max-Age=0|expires=Thu, 01 Jan 1970/i.test(cookie)) {
          jarOf(address).delete(name);
        } else {
          jarOf(address).set(name, value.join('='));
        }
      }
      return response;
    },
    /** Follows redirects until one leads to an address that begins so, and returns that address. */
    async goUntil(url: string, prefix: string): Promise<string> {
      let next = url;
      for (let steps = 0; steps < 12; steps += 1) {
        if (next.startsWith(prefix)) return next;
        const response = await visitor.get(next);
        const location = response.headers.get('location');
        if (location === null) {
          throw new Error(`${next} answered ${response.status}: ${await response.text()}`);
        }
        next = new URL(location, next).href;
      }
      throw new Error(`No way leads from ${url} to ${prefix}.`);
    },
  };
  return visitor;
}

export type Visitor = ReturnType<typeof createVisitor>;
