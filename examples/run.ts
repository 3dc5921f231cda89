import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeH0p } from './h0p/app.ts';
import { makeHeir } from './heir/app.ts';
import { makeHilt } from './hilt/app.ts';
import { makeHitkeep } from './hitkeep/app.ts';
import { makeHitl } from './hitl/app.ts';
import { connectKeyward, KeywardRefusal, KeywardUnavailable } from './lib/keyward.ts';
import type { MakeProduct } from './lib/product.ts';

const products: Record<string, MakeProduct> = {
  hilt: makeHilt,
  hitkeep: makeHitkeep,
  hitl: makeHitl,
  h0p: makeH0p,
  heir: makeHeir,
};

const usage = `Usage: npm run --silent example -- NAME
  NAME is one of ${Object.keys(products).join(', ')}.
  KEYWARD_KEY  the secret that bootstrap printed
  KEYWARD_URL  where Keyward is: http://127.0.0.1:4400 unless it is set
  PORT         where the example listens: any free port unless it is set
`;
// A signal to npm ends npm alone and leaves us without it; then another process is our parent.
const parent = process.ppid;
const parentCheckMilliseconds = 500;

/** What whoever starts an example can mend. */
class Mistake extends Error {}

async function run(name: string | undefined, environment: NodeJS.ProcessEnv): Promise<void> {
  const makeProduct = Object.hasOwn(products, name ?? '') ? products[name ?? ''] : undefined;
  if (makeProduct === undefined) {
    throw new Mistake(`${name ? `There is no example ${name}.\n` : ''}${usage}`);
  }
  const key = environment.KEYWARD_KEY?.trim();
  if (!key) {
    throw new Mistake(`Set KEYWARD_KEY.\n${usage}`);
  }
  const port = Number(environment.PORT || 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Mistake(`Set PORT to a number from 0 to 65535.\n${usage}`);
  }
  const url = (environment.KEYWARD_URL || 'http://127.0.0.1:4400').replace(/\/+$/, '');
  const { app, credentials } = await makeProduct(connectKeyward(url, key)).catch((error) => {
    throw explain(error, url);
  });
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new Mistake(`PORT ${port}: ${error.message}\n`)));
    server.listen(port, '127.0.0.1', resolve);
  });
  // A server that listens on a port has an address with one.
  const { port: chosen } = server.address() as AddressInfo;
  const ready = { url: `http://127.0.0.1:${chosen}`, credentials };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
  console.error(`${name} listens at ${ready.url} and asks Keyward at ${url}.`);
  await endOfService();
  server.close();
  server.closeAllConnections();
}

function explain(error: unknown, url: string): unknown {
  if (error instanceof KeywardUnavailable) {
    return new Mistake(`Keyward cannot be reached at ${url}: start it, or set KEYWARD_URL.\n`);
  }
  return error instanceof KeywardRefusal
    ? new Mistake(
        `Keyward at ${url} refused (${error.status}): ${error.message}\n` +
          'KEYWARD_KEY must be the secret that bootstrap printed.\n',
      )
    : error;
}

/** Resolves at a signal, or when the npm that started this process is gone. */
function endOfService(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
    setInterval(() => {
      if (process.env.npm_lifecycle_event !== undefined && process.ppid !== parent) {
        resolve();
      }
    }, parentCheckMilliseconds).unref();
  });
}

run(process.argv[2], process.env).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(error instanceof Mistake ? error.message : `${error}\n`);
    process.exit(1);
  },
);
