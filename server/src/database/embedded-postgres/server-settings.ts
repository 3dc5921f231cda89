import { ownerSetting } from './inspect-postmaster.ts';

/** What a service wants of its database. The embedder may override each of these. */
const defaults: Record<string, string> = {
  max_connections: '100',
  shared_buffers: '128MB',
  TimeZone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  // A failed statement may quote a customer's data, so the log names the error alone.
  log_min_error_statement: 'panic',
};

/** The command line of a postmaster on one cluster, working for the process named `owner`. */
export function serverArguments(
  cluster: string,
  port: number,
  owner: string,
  settings: Record<string, string> = {},
): string[] {
  const merged = {
    ...defaults,
    ...settings,
    listen_addresses: '127.0.0.1',
    port: String(port),
    // A socket's path may hold 107 bytes, and a data directory may lie deeper than that.
    unix_socket_directories: '',
    logging_collector: 'off',
    [ownerSetting]: owner,
  };
  const options = Object.entries(merged).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', cluster, ...options];
}

/** The environment of PostgreSQL's programs. Ours holds secrets, which are none of its business. */
export function serverEnvironment(): Record<string, string> {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', LANG: 'C', TZ: 'UTC' };
}
