import { readConfig } from '@keyward/server/config';
import { startKeyward } from '@keyward/server/start-keyward';
import { pino } from 'pino';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';

export interface FaultyNode extends AsyncDisposable {
  url: string;
  /** Between this node and the database. */
  proxy: FaultProxy;
}

/** Another node on the same database, whose connections to it fail as a test says. */
export async function startFaultyNode(databaseUrl: string): Promise<FaultyNode> {
  await using started = new AsyncDisposableStack();
  const proxy = started.use(await startFaultProxy(databaseUrl));
  const node = await startKeyward(
    { ...readConfig({}), port: 0, databaseUrl: proxy.url },
    pino({ level: 'silent' }),
  );
  started.defer(() => {
    // What a node writes when it stops has to get through.
    proxy.set('pass');
    return node.stop();
  });
  const stack = started.move();
  return { url: node.url, proxy, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}
