import { type Readable, Transform } from 'node:stream';

const endOfData = Buffer.from('.\r\n');
/** A line end that is not CRLF, or a line that begins with a dot. */
const toBeMended = /(?<!\r)\n|\r(?!\n)|\n\./;

/**
 * A message as nodemailer's SMTPConnection takes it. nodemailer looks at each byte for line ends and dots that it has to
 * mend (RFC 5321, 4.5.2), and writes the end of the data by itself. Where nothing is to be mended, which is the rule with
 * messages of ours, all of it goes to the socket in one piece; others go nodemailer's way.
 */
export function readyMessage(message: Uint8Array): Readable {
  const content = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  const pipe = <T extends NodeJS.WritableStream>(destination: T): T => {
    if (destination instanceof Transform && isReady(content)) {
      destination.push(Buffer.concat([content, endOfData]));
      destination.push(null);
    } else destination.end(content);
    return destination;
  };
  // nodemailer asks a stream for nothing but to pipe itself into the dialogue, once the server waits for it; a whole
  // stream for each message would cost nearly a tenth of sending it.
  return { pipe } as Pick<Readable, 'pipe'> as Readable;
}

/** Whether every line ends with CRLF, also the last one, and none begins with a dot. */
function isReady(content: Buffer): boolean {
  const text = content.toString('latin1'); // a character a byte: to search a string is several times as fast
  return text.endsWith('\r\n') && !text.startsWith('.') && !toBeMended.test(text);
}
