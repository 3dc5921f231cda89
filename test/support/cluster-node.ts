// A node of a cluster, as a process of its own: what its parent started it with stands in its argument.
import { flushCompileCache } from 'node:module';
import { readConfig } from '@keyward/server/config';
import { startKeyward } from '@keyward/server/start-keyward';
import { type ProtocolRules, protocolRules } from '@keyward/server/verification/authority/rules';
import { pino } from 'pino';

export interface NodeOrder {
  databaseUrl: string;
  leaseSeconds: number;
  rules: Partial<ProtocolRules>;
}

/** What a running node is told. It answers the same, once it is done. */
export interface NodeMessage {
  rules: Partial<ProtocolRules>;
}

export interface NodeReady {
  url: string;
}

// The one that started it is gone: nobody else would end it.
process.once('disconnect', () => process.exit(1));
const { databaseUrl, leaseSeconds, rules }: NodeOrder = JSON.parse(process.argv[2] ?? '');
Object.assign(protocolRules, rules);
const logger = pino({ level: 'warn' });
const keyward = await startKeyward({ ...readConfig({}), port: 0, databaseUrl }, logger, {
  leaseSeconds,
});

process.on('message', (message: NodeMessage) => {
  Object.assign(protocolRules, message.rules);
  process.send?.(message);
});
process.once('SIGTERM', () => void keyward.stop().then(() => process.exit(0)));
// It will most often be killed, and what Node compiled would be lost to the next ones.
flushCompileCache();
const ready: NodeReady = { url: keyward.url };
process.send?.(ready);
