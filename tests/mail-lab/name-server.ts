import { createSocket } from 'node:dgram';

/** Answers by type and name, such as `TXT kb.example`; MX without its preference. */
export type Zone = ReadonlyMap<string, string>;

const types: Readonly<Record<number, string>> = { 1: 'A', 12: 'PTR', 15: 'MX', 16: 'TXT', 28: 'AAAA' };

/** A name server on loopback (RFC 1035, UDP only) that knows a zone and nothing else. */
export async function startNameServer(zone: Zone): Promise<{ port: number; close(): void }> {
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => {
    const answer = answerQuery(query, zone);
    if (answer) socket.send(answer, port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return { port: socket.address().port, close: () => socket.close() };
}

function answerQuery(query: Buffer, zone: Zone): Buffer | null {
  if (query.length < 17) return null;
  const { name, end } = readName(query);
  const type = types[query.readUInt16BE(end)] ?? '';
  const isKnown = [...zone.keys()].some((key) => key.slice(key.indexOf(' ') + 1) === name);
  const data = zone.get(`${type} ${name}`);
  const header = Buffer.from(query.subarray(0, 12));
  // An answer with authority; no such name where the zone has nothing of it.
  header.writeUInt16BE(0x8580 | (isKnown ? 0 : 3), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(data === undefined ? 0 : 1, 6);
  header.writeUInt16BE(0, 8);
  header.writeUInt16BE(0, 10);
  const question = query.subarray(12, end + 4);
  if (data === undefined) return Buffer.concat([header, question]);
  const payload = writeData(type, data);
  const record = Buffer.alloc(12);
  record.writeUInt16BE(0xc00c, 0);
  record.writeUInt16BE(query.readUInt16BE(end), 2);
  record.writeUInt16BE(1, 4);
  record.writeUInt32BE(60, 6);
  record.writeUInt16BE(payload.length, 10);
  return Buffer.concat([header, question, record, payload]);
}

function readName(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0 && at + length < query.length; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}

function writeData(type: string, data: string): Buffer {
  switch (type) {
    case 'A':
      return Buffer.from(data.split('.').map(Number));
    case 'TXT':
      return Buffer.concat(
        (data.match(/.{1,255}/g) ?? []).map((part) =>
          Buffer.concat([Buffer.from([part.length]), Buffer.from(part)]),
        ),
      );
    case 'MX':
      return Buffer.concat([Buffer.from([0, 10]), writeName(data)]);
    default:
      return writeName(data);
  }
}

function writeName(name: string): Buffer {
  const labels = name
    .split('.')
    .map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]));
  return Buffer.concat([...labels, Buffer.from([0])]);
}
