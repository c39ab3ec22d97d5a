import { readAppliesTo } from './applies-to.ts';
import { readTextValue } from './front-matter.ts';
import { readVendorDate } from './vendor-date.ts';

/** What stands before an article's text about it, in front matter or in the head of a page. */
export type FrontFacts = {
  readonly title: string | null;
  readonly description: string | null;
  readonly language: string | null;
  readonly appliesTo: readonly string[];
  readonly vendorDate: string | null;
  readonly keywords: string | null;
  readonly warnings: readonly string[];
};

/** Longer values are no facts. */
const maxFactChars = 5000;
/** Keys in the order in which they count; misspellings that occur in real repositories are among them. */
const appliesToKeys = ['appliesto', 'applies-to', 'applies_to', 'applies to', 'appiesto', 'appleisto'];
const dateKeys = ['ms.date', 'date', 'updated', 'last_updated', 'lastmod'];

/** Reads front matter as Microsoft's documentation repositories write it. */
export function readFrontFacts(values: ReadonlyMap<string, unknown>): FrontFacts {
  const textOf = (keys: readonly string[]) => {
    for (const key of keys) {
      const text = readTextValue(values.get(key));
      if (text !== null) return text.slice(0, maxFactChars);
    }
    return null;
  };
  const warnings: string[] = [];
  const written = textOf(dateKeys);
  const vendorDate = written === null ? null : readVendorDate(written);
  if (written !== null && vendorDate === null) warnings.push(`"${written.slice(0, 60)}" is no date`);
  return {
    title: textOf(['title']),
    description: textOf(['description']),
    language: readLanguage(textOf(['ms.locale', 'locale', 'language', 'lang'])),
    appliesTo: readAppliesTo(appliesToKeys.map((key) => values.get(key)).find((value) => value != null)),
    vendorDate,
    keywords: textOf(['keywords', 'keyword', 'f1_keywords', 'tags']),
    warnings,
  };
}

/** A BCP 47 tag in its usual spelling; null when the text is none. */
export function readLanguage(text: string | null): string | null {
  if (text === null || !/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/.test(text)) return null;
  const [language = '', ...rest] = text.split(/[-_]/);
  return [
    language.toLowerCase(),
    ...rest.map((part) => (part.length === 2 ? part.toUpperCase() : part)),
  ].join('-');
}

const suffix =
  /\s+(?:\||-|–|—)\s+(?:Microsoft (?:Docs|Learn|Support)|Docs|Office 365|Microsoft 365|SharePoint|Exchange|Outlook|Teams|Microsoft Teams|Office|Skype for Business|Windows (?:Server|Client)|Azure|SQL Server|Dynamics 365|Intune|Visual Studio|Power Platform|Troubleshoot)$/i;

/** A title of a browser's window without the name of the site at its end. */
export function dropSiteName(title: string): string {
  let bare = title.trim();
  while (suffix.test(bare)) bare = bare.replace(suffix, '');
  return bare === '' ? title.trim() : bare;
}
