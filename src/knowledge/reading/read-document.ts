import type { PublishedText } from '../article.ts';
import type { Document } from '../document.ts';
import { canonicalKbNumber } from '../identifiers/kb-numbers.ts';
import { readAppliesTo } from './applies-to.ts';
import { readFrontMatter, readTextValue } from './front-matter.ts';
import { type Body, readMarkdown } from './read-markdown.ts';
import { readVendorDate } from './vendor-date.ts';

/** What a published text says. `key` is the article's within its source: includes and links are relative to it. */
export function readDocument(published: PublishedText, key: string): Document {
  const front = readFrontMatter(published.text);
  const body: Body = readMarkdown(front.body, { key, includes: published.includes });
  const title = readTextValue(front.values.get('title'));
  const date = readTextValue(front.values.get('ms.date'));
  const kb = /original kb number:?\s*(\d{5,7})/i.exec(
    front.body.slice(0, 2000).replace(/[_&]|nbsp;?|\s+/g, ' '),
  )?.[1];
  return {
    title: body.heading ?? title ?? key,
    description: readTextValue(front.values.get('description')),
    language: 'en',
    appliesTo: readAppliesTo(front.values.get('appliesto')),
    externalIds: kb === undefined ? [] : [canonicalKbNumber(kb) ?? kb],
    vendorDate: date === null ? null : readVendorDate(date),
    vendorRevision: null,
    facts: {},
    sections: body.sections,
    warnings: [...(front.warning === null ? [] : [front.warning]), ...body.warnings],
  };
}
