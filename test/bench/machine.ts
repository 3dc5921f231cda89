import { cpus, totalmem } from 'node:os';

/** What the figures were measured on, in one line each. Nothing that names the machine itself. */
export function describeMachine(postgresVersion: string): string[] {
  const [cpu] = cpus();
  return [
    `Processor: ${cpu?.model.trim() || process.arch}, ${cpus().length} cores`,
    `Memory: ${Math.round(totalmem() / 2 ** 30)} GiB`,
    `System: ${process.platform}, Node ${process.version}, PostgreSQL ${postgresVersion}, fsync on`,
  ];
}
