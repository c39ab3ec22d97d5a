import { InvalidArgumentError, Option } from 'commander';
import { asId, type Instant } from '../knowledge/ids.ts';

const shape = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** `2021-06-01` (midnight UTC) or `2021-06-01T07:30:00+02:00`. A time without a zone is refused: it names no instant. */
export function parseInstant(text: string): Instant {
  const milliseconds = shape.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(milliseconds)) {
    throw new InvalidArgumentError(
      'Write a date such as 2021-06-01, or an instant with its zone such as 2021-06-01T07:30:00Z.',
    );
  }
  return asId<Instant>(milliseconds);
}

/** The end of the day for a mere date ("as it stood on that day"), else the instant itself. */
export function parseAsOf(text: string): Instant {
  const instant = parseInstant(text);
  return text.includes('T') ? instant : asId<Instant>(instant + 24 * 3_600_000 - 1);
}

/** The option that lets a command take another instant for now, to replay nights. */
export function nowOption(): Option {
  return new Option('--now <instant>', 'take this instant for now, such as 2021-06-01T07:30:00Z').argParser(
    parseInstant,
  );
}

/** An instant as people read it: `2021-06-01 07:30 UTC`. */
export function formatInstant(instant: Instant | null): string {
  return instant === null ? 'never' : `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
