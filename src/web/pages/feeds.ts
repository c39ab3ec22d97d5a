import type { FeedFormat, FeedTopic } from '../../alerts/feed-request.ts';
import { significances } from '../../knowledge/change.ts';
import { asId, type SubscriptionId } from '../../knowledge/ids.ts';
import { paths } from '../links.ts';
import { notFoundPage, problemPage } from '../parts/problem-page.ts';
import type { RateLimiter } from '../security/rate-limiter.ts';
import { answerFeed } from '../serving/answer-feed.ts';
import type { Action, SiteContext } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';

type Ports = Pick<SitePorts, 'feeds' | 'settings'>;
type Asked = { readonly topic: FeedTopic; readonly format: FeedFormat; readonly page: string };

const maxQueryLength = 500;

/** A feed of what changed: of everything, a technology, a source or a search. `from=minor` takes more. */
export function showPublicFeed(ports: Ports, limitRate: RateLimiter): Action {
  return (c) => serve(ports, c, { limitRate, asked: readPublic(c), isPersonal: false });
}

/** A feed of what an account follows, for whoever has its secret address. */
export function showPersonalFeed(ports: Ports, limitRate: RateLimiter): Action {
  return (c) => serve(ports, c, { limitRate, asked: readPersonal(c), isPersonal: true });
}

async function serve(
  { feeds, settings }: Ports,
  c: SiteContext,
  {
    asked,
    limitRate,
    isPersonal,
  }: { readonly asked: Asked | null; readonly limitRate: RateLimiter; readonly isPersonal: boolean },
): Promise<Response> {
  const limited = await limitRate(c, 'feed');
  if (limited !== null) return limited;
  if (asked === null) return notFoundPage(c, 'feed');
  const { topic, format, page } = asked;
  const least = significances.find((one) => one === c.req.query('from')) ?? 'material';
  const selfUrl = settings.publicUrl + c.req.url.slice(c.req.url.indexOf('/', 8));
  const written = await feeds.writeFeed({
    topic,
    format,
    least,
    selfUrl,
    pageUrl: settings.publicUrl + page,
  });
  if (written.kind === 'not-found') return notFoundPage(c, 'feed');
  if (written.kind === 'not-ready') {
    c.header('retry-after', '10');
    return problemPage(c, {
      status: 503,
      title: 'The search is getting ready',
      happened:
        'The program has just been started and reads the archive for the search. That takes some seconds.',
      next: 'Ask for this feed again in a moment.',
    });
  }
  return answerFeed(c, written, { isPersonal });
}

function readPublic(c: SiteContext): Asked | null {
  const file = splitName(c.req.param('file') ?? '');
  if (file === null) return null;
  const { name, format } = file;
  const kind = c.req.param('kind');
  if (kind === 'technologies') {
    return { format, topic: { kind: 'technology', slug: name }, page: paths.technology(name) };
  }
  if (kind === 'sources') {
    return { format, topic: { kind: 'source', name }, page: `${paths.changes}?source=${name}` };
  }
  if (name === 'changes') return { format, topic: { kind: 'changes' }, page: paths.changes };
  if (name !== 'search') return null;
  const query = (c.req.query('q') ?? '').trim().slice(0, maxQueryLength);
  return { format, topic: { kind: 'search', query }, page: paths.search(query) };
}

function readPersonal(c: SiteContext): Asked | null {
  const file = splitName(c.req.param('file') ?? '');
  if (file === null || !/^(all|[1-9]\d{0,14})$/.test(file.name)) return null;
  const subscriptionId = file.name === 'all' ? null : asId<SubscriptionId>(Number(file.name));
  const topic = { kind: 'personal', secret: c.req.param('secret') ?? '', subscriptionId } as const;
  return { format: file.format, topic, page: paths.account };
}

/** `exchange-online.atom` */
function splitName(file: string): { readonly name: string; readonly format: FeedFormat } | null {
  const [, name, format] = /^(.+)\.(atom|json)$/.exec(file) ?? [];
  if (name === undefined) return null;
  return { name, format: format === 'json' ? 'json' : 'atom' };
}
