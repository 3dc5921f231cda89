import { type DestinationStream, type Logger, pino } from 'pino';
import { prettyFactory } from 'pino-pretty';
import { redactLog } from './redact-log.ts';

interface LoggerOptions {
  level: string;
  /** For a person at a terminal; else one object of JSON to a line. */
  isPretty: boolean;
  /** Standard output where nothing is said. */
  destination?: DestinationStream;
}

/** The log of this process. No line leaves it with a secret, whatever was logged. */
export function createLogger({ level, isPretty, destination }: LoggerOptions): Logger {
  const colorize = process.env.NO_COLOR === undefined;
  const prettify = prettyFactory({ colorize, singleLine: true, ignore: 'pid,hostname' });
  const write = (line: string) => (isPretty ? prettify(redactLog(line)) : redactLog(line));
  const options = { level, hooks: { streamWrite: write } };
  return destination === undefined ? pino(options) : pino(options, destination);
}
