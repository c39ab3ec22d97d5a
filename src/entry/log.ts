import { type Logger, pino } from 'pino';

export type Log = Logger;

/** Structured lines on standard error. Addresses, tokens and messages are never given to it. */
export function createLog(level: string): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
}
