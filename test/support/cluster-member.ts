import type { ProtocolRules } from '@keyward/server/verification/authority/rules';
import type { NodeOrder } from './cluster-node.ts';
import { type ClusterProcess, startClusterProcess } from './cluster-process.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { createNodeClient, keptOpen, type NodeCall, type NodeClient } from './node-client.ts';
import { until } from './served-keyward.ts';

/** A key as it is asked about. */
export interface AskedKey {
  secret: string;
  /** All of which the verification asks for. */
  permissions?: readonly string[];
}

/** A node of a cluster, and what may be done to it. */
export interface ClusterMember extends AsyncDisposable {
  name: string;
  url: string;
  pid: number;
  /** Between this node and the database. */
  proxy: FaultProxy;
  /** By the bootstrap key, where no other is given. */
  call: NodeClient;
  /** The outcome of a verification; the status where it is no 200, and `none` without an answer. */
  verify(key: AskedKey): Promise<string>;
  /** The same over connections that nothing else uses. */
  verifyAside(key: AskedKey): Promise<string>;
  /** Stops the process, and its clocks go on. */
  pause(): void;
  resume(): void;
  kill(): Promise<void>;
  /** Stops it as an operator does; resolves with its exit code. */
  terminate(): Promise<number | null>;
  /** Starts it again after its end. */
  restart(changes?: Partial<NodeOrder & { clockShiftMilliseconds: number }>): Promise<void>;
  setRules(rules: Partial<ProtocolRules>): Promise<void>;
  /** Whether it says that it is ready. */
  isReady(): Promise<boolean>;
  ready(): Promise<void>;
  log(): string;
}

export async function startClusterMember(
  name: string,
  order: NodeOrder,
  callerSecret: string,
): Promise<ClusterMember> {
  await using started = new AsyncDisposableStack();
  const proxy = started.use(await startFaultProxy(order.databaseUrl));
  const options = { ...order, databaseUrl: proxy.url };
  let running: ClusterProcess = await startClusterProcess(options);
  started.defer(() => running.kill());
  const agents = [keptOpen(), keptOpen()] as const;
  started.defer(() => {
    for (const agent of agents) agent.destroy();
  });
  const [call, callAside] = agents.map((agent): NodeClient => {
    const client = createNodeClient(() => running.url, agent);
    return (method, path, called: NodeCall = {}) =>
      client(method, path, { secret: callerSecret, ...called });
  }) as [NodeClient, NodeClient];
  const verifyBy = (client: NodeClient) => async (key: AskedKey) => {
    const body = { key: key.secret, permissions: key.permissions ?? [] };
    const answer = await client('POST', '/v1/keys/verify', { body }).catch(() => null);
    if (answer === null) return 'none';
    return answer.status === 200 ? answer.body.code : String(answer.status);
  };
  const isReady = async () =>
    (await call('GET', '/readyz', { secret: null }).catch(() => null))?.status === 200;
  const stack = started.move();
  return {
    name,
    get url() {
      return running.url;
    },
    get pid() {
      return running.pid;
    },
    proxy,
    call,
    verify: verifyBy(call),
    verifyAside: verifyBy(callAside),
    pause: () => running.signal('SIGSTOP'),
    resume: () => running.signal('SIGCONT'),
    kill: () => running.kill(),
    terminate() {
      running.signal('SIGTERM');
      return running.ended;
    },
    async restart(changes = {}) {
      await running.kill();
      running = await startClusterProcess({ ...options, ...changes });
    },
    setRules: (rules) => running.tell({ rules }),
    isReady,
    ready: () => until(isReady, `node ${name} to be ready`),
    log: () => running.log(),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
