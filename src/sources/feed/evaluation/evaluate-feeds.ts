import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { performance } from 'node:perf_hooks';
import { decodeText } from '../../markup/decode-text.ts';
import { readFeed } from '../read-feed.ts';
import { evaluateExpectation, listFields, splitConjunction } from './evaluate-expectation.ts';
import { viewAsFeedparser } from './feedparser-view.ts';
import { parseExpectation, UnreadableExpectationError } from './parse-expectation.ts';

export type FeedsEvaluation = {
  readonly files: number;
  /** Read without a crash. */
  readonly read: number;
  readonly withinOneSecond: number;
  readonly slowestMs: number;
  /** Expectations that concern fields we keep. */
  readonly kept: { readonly expectations: number; readonly hold: number; readonly share: number };
  /** Expectations about fields that are read but not kept, such as a feed's subtitle or a link's type. */
  readonly others: { readonly expectations: number; readonly hold: number };
  /** About something else altogether, such as the encoding's name. */
  readonly elsewhere: number;
  /** Written in a way that isn't evaluated here. */
  readonly unreadable: number;
  readonly failures: readonly {
    readonly file: string;
    readonly expectation: string;
    readonly isKept: boolean;
  }[];
  readonly crashes: readonly { readonly file: string; readonly problem: string }[];
};

type Verdict = 'holds' | 'fails' | 'elsewhere' | 'unreadable' | 'none';

const feedEndings = new Set(['.xml', '.json', '.rss', '.atom', '.rdf', '.cdf']);

/** Where the suite's own server serves the files about HTTP from; the others are read without an address. */
const suiteUrl = 'http://127.0.0.1:8097/';

const keptFields =
  /^(feed\.title|entries\.(id|guid|link|title|content|summary|description|author|authors|published|updated|created|expired))(_detail|_parsed)?(\.|$)/;
const readFields =
  /^(feed|entries)\.(title|subtitle|tagline|description|info|rights|copyright|summary|content|link|links|id|guid|language|author|authors|contributors|publisher|tags|category|published|updated|created|expired|enclosures|comments)(_detail|_parsed)?(\.|$)/;

/** Reads each file of a folder as a feed and compares it with the expectation in its first comment. */
export async function evaluateFeeds(folder: string): Promise<FeedsEvaluation> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => feedEndings.has(extname(name)));
  const failures: { file: string; expectation: string; isKept: boolean }[] = [];
  const crashes: { file: string; problem: string }[] = [];
  const counts = { kept: 0, keptHold: 0, others: 0, othersHold: 0, elsewhere: 0, unreadable: 0, quick: 0 };
  let slowestMs = 0;

  for (const name of names.sort()) {
    const bytes = await readFile(join(folder, name));
    const { text } = decodeText(bytes);
    const file = relative(folder, join(folder, name));
    const startedAt = performance.now();
    let feed: ReturnType<typeof readFeed>;
    try {
      const headers = readHeaders(text);
      const isServed = Object.keys(headers).length > 0 || file.includes('http');
      feed = readFeed({ body: bytes, url: isServed ? suiteUrl + file.split(sep).join('/') : '', headers });
    } catch (error) {
      crashes.push({ file, problem: error instanceof Error ? error.message : String(error) });
      continue;
    }
    const tookMs = performance.now() - startedAt;
    slowestMs = Math.max(slowestMs, tookMs);
    if (tookMs < 1000) counts.quick += 1;

    const expectation = /Expect:\s*([^\r\n]*?)\s*(?:-->|$)/m.exec(text)?.[1] ?? '';
    const names = feed === null ? { feed: {}, entries: [] } : viewAsFeedparser(feed);
    const { verdict, isKept } = judge(expectation, names);
    if (verdict === 'elsewhere' || verdict === 'unreadable') counts[verdict] += 1;
    if (verdict !== 'holds' && verdict !== 'fails') continue;
    counts[isKept ? 'kept' : 'others'] += 1;
    if (verdict === 'holds') counts[isKept ? 'keptHold' : 'othersHold'] += 1;
    else failures.push({ file, expectation, isKept });
  }

  return {
    files: names.length,
    read: names.length - crashes.length,
    withinOneSecond: counts.quick,
    slowestMs: Math.round(slowestMs),
    kept: {
      expectations: counts.kept,
      hold: counts.keptHold,
      share: counts.kept === 0 ? 1 : counts.keptHold / counts.kept,
    },
    others: { expectations: counts.others, hold: counts.othersHold },
    elsewhere: counts.elsewhere,
    unreadable: counts.unreadable,
    failures,
    crashes,
  };
}

function judge(
  expectation: string,
  names: ReturnType<typeof viewAsFeedparser>,
): { verdict: Verdict; isKept: boolean } {
  if (expectation === '') return { verdict: 'none', isKept: false };
  try {
    // Whether the XML was well-formed is no field of ours: we read it either way.
    const parts = splitConjunction(parseExpectation(expectation)).filter(
      (part) => !listFields(part).some((field) => field.startsWith('bozo')),
    );
    const fields = parts.flatMap(listFields).filter((field) => field !== 'len');
    if (fields.length === 0 || !fields.every((field) => readFields.test(field))) {
      return { verdict: 'elsewhere', isKept: false };
    }
    const isKept = fields.every((field) => keptFields.test(field));
    const holds = parts.every((part) => evaluateExpectation(part, names));
    return { verdict: holds ? 'holds' : 'fails', isKept };
  } catch (error) {
    if (error instanceof UnreadableExpectationError) return { verdict: 'unreadable', isKept: false };
    throw error;
  }
}

/** Headers that the suite's server would send: lines `Header: Name: value` of the comment. */
function readHeaders(text: string): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.matchAll(/^\s*Header:\s*([\w-]+):\s*(.*?)\s*$/gm)) {
    headers[name.toLowerCase()] = value;
  }
  return headers;
}
