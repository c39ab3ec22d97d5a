import robotsParser from 'robots-parser';

/** The name that robots.txt rules address us by. */
const robotName = 'kbalertz';

type Robots = {
  isAllowed(url: string, robot: string): boolean | undefined;
  getCrawlDelay(robot: string): number | undefined;
  getSitemaps(): string[];
};
// The package's declaration is written for bundlers: under Node's rules its default import is the function itself.
const parseRobots = robotsParser as unknown as (robotsUrl: string, text: string) => Robots;

export type RobotsRules = {
  /** Whether the URL may be fetched. */
  allows(url: string): boolean;
  readonly crawlDelayMs: number | null;
  readonly sitemaps: readonly string[];
};

const maxRobotsCharacters = 512_000; // RFC 9309 section 2.5 asks for at least 500 KiB
const maxWildcardCharacters = 20_000;
const maxLineCharacters = 2_000;

/** Reads robots.txt (RFC 9309 with Crawl-delay and Sitemap). */
export function readRobots(robotsUrl: string, text: string): RobotsRules {
  const robots = parseRobots(robotsUrl, tameWildcards(text.slice(0, maxRobotsCharacters)));
  const delaySeconds = robots.getCrawlDelay(robotName);
  return {
    allows: (url) => robots.isAllowed(url, robotName) ?? true,
    crawlDelayMs: delaySeconds !== undefined && delaySeconds >= 0 ? delaySeconds * 1000 : null,
    sitemaps: robots.getSitemaps().filter((url) => URL.canParse(url)),
  };
}

/**
 * Bounds what matching may cost: the matcher takes pattern length times path length, so a file full of asterisks
 * would hold up the process at every URL. Beyond the bound a Disallow is cut at its first asterisk (it forbids
 * more), an Allow is dropped.
 */
function tameWildcards(text: string): string {
  let wildcardCharacters = 0;
  const tamed: string[] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (line.length > maxLineCharacters) continue;
    const folded = line.replace(/\*{2,}/g, '*');
    if (!/^\s*(dis)?allow\s*:.*\*/i.test(folded)) {
      tamed.push(folded);
      continue;
    }
    wildcardCharacters += folded.length;
    if (wildcardCharacters <= maxWildcardCharacters) tamed.push(folded);
    else if (/^\s*disallow/i.test(folded)) tamed.push(folded.slice(0, folded.indexOf('*')));
  }
  return tamed.join('\n');
}
