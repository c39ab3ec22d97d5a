import { once } from 'node:events';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { readyMessage } from './ready-message.ts';

/** Connections to one mail server that stay open from message to message. */
export type SmtpConnections = {
  /** Hands one message over and returns the server's answer. Rejects with nodemailer's errors. */
  send(envelope: { readonly from: string; readonly to: string }, message: Uint8Array): Promise<string>;
  /** Ends idle connections, and others when their message is done. */
  close(): void;
};

type Line = {
  readonly connection: SMTPConnection;
  messages: number;
  /** Begins anew whenever the line is idle; in between it may ring for nothing. */
  idleTimer: NodeJS.Timeout | null;
};

const maxMessages = 1000;
/** Shorter than servers under stress wait for a command, so that none is used that the server has just left. */
const maxIdleMs = 5000;

/** At most `maxConnections` at a time; who finds all in use waits for one. */
export function createSmtpConnections(settings: {
  readonly url: string;
  readonly maxConnections: number;
  readonly timeoutMs: number;
}): SmtpConnections {
  const { maxConnections, timeoutMs } = settings;
  const { auth, ...server } = parseConnectionUrl(settings.url);
  const idle: Line[] = [];
  const waiting: (() => void)[] = [];
  let open = 0;
  let isClosed = false;

  const connect = async (): Promise<Line> => {
    const connection = new SMTPConnection({
      ...server,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
    });
    const line: Line = { connection, messages: 0, idleTimer: null };
    const ended = once(connection, 'error').then(([error]) => Promise.reject(error));
    ended.catch(() => {}); // who sends gets it as the answer; while idle it only ends the line
    connection.on('error', () => drop(line)).on('end', () => drop(line));
    try {
      await Promise.race([ended, promise<void>((done) => connection.connect(done))]);
      if (auth) await Promise.race([ended, promise<unknown>((done) => connection.login(auth, done))]);
      return line;
    } catch (error) {
      connection.close();
      throw error;
    }
  };

  const drop = (line: Line): void => {
    const at = idle.indexOf(line);
    if (at < 0) return;
    idle.splice(at, 1);
    end(line);
  };
  const end = (line: Line, isPolite = true): void => {
    if (line.idleTimer) clearTimeout(line.idleTimer);
    if (isPolite) line.connection.quit();
    else line.connection.close();
    open -= 1;
    waiting.shift()?.();
  };

  const take = async (): Promise<Line> => {
    for (;;) {
      const line = idle.pop();
      if (line) return line;
      if (open < maxConnections) break;
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    open += 1;
    try {
      return await connect();
    } catch (error) {
      open -= 1;
      waiting.shift()?.();
      throw error;
    }
  };

  const giveBack = (line: Line): void => {
    line.messages += 1;
    if (isClosed || line.messages >= maxMessages) {
      end(line);
      return;
    }
    line.idleTimer = line.idleTimer?.refresh() ?? setTimeout(() => drop(line), maxIdleMs).unref();
    idle.push(line);
    waiting.shift()?.();
  };

  return {
    async send(envelope, message) {
      const line = await take();
      const { connection } = line;
      try {
        const info = await promise<SMTPConnection.SentMessageInfo>((done) =>
          connection.send(
            { from: envelope.from, to: [envelope.to], size: message.length },
            readyMessage(message),
            done,
          ),
        );
        giveBack(line);
        return info.response;
      } catch (error) {
        // A refusal leaves the connection as it is; after anything else nobody knows where it stands.
        const isRefused = (error as SMTPConnection.SMTPError).responseCode !== undefined;
        if (isRefused && (await canReset(connection))) giveBack(line);
        else end(line, false);
        throw error;
      }
    },
    close() {
      isClosed = true;
      for (const line of [...idle]) drop(line);
    },
  };
}

async function canReset(connection: SMTPConnection): Promise<boolean> {
  try {
    await promise<unknown>((done) => connection.reset(done));
    return true;
  } catch {
    return false; // closed with its refusal, as servers may
  }
}

/** Of a function that ends with a call back. */
function promise<T>(start: (done: (error?: Error | null, result?: T) => void) => void): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    start((error, result) => {
      if (error) reject(error);
      else resolve(result as T); // without an error there is a result, if T is not void
    });
  });
}
