import type { SectionKind } from '../document.ts';

type Rule = readonly [SectionKind, RegExp];

/**
 * What headings say, measured on the 94,000 second-level headings of one vendor's history. Matched in order against
 * the heading in lower case without number, label ("step 2:") and closing punctuation.
 */
const plainRules: readonly Rule[] = [
  [
    'applies-to',
    /^(applies to|applicable (to|products|versions)|(affected|supported|impacted) (products?|versions?|software|platforms?|systems?)|products? affected)\b/,
  ],
  [
    'workaround',
    /^(the |possible |temporary |known |suggested |how to )?(work ?-?arounds?|mitigations?|temporary (fix|solution|resolution)|interim (fix|solution)|alternative(ly)?)\b|^(to |how (do i|can i|to) )work ?-?around\b|^short-term (solution|resolution)/,
  ],
  [
    'resolution',
    /^(the |quick |possible |recommended |suggested |easy |permanent |long-term |final |causes? and )?(resolutions?|solutions?|solutioin|fix(es)?|remed(y|ies)|remediation|corrective actions?|recommended (actions?|steps?|method|solution))\b/,
  ],
  [
    'resolution',
    /^(to |how (do i|do you|can i|can you|to) |steps to )?(fix|resolve|solve|correct|repair|remediate|troubleshoot)\b(?! of\b)/,
  ],
  [
    'resolution',
    /^((here's an|run the) easy fix|let (me|us) fix|what (to do|can (i|you) do|should (i|you) do|do i do)|how to (improve|recover)|self-help|automated troubleshooting|troubleshooting steps|common troubleshooting steps|(hotfix|update|service pack|cumulative update|service update) information|how to obtain)\b/,
  ],
  [
    'cause',
    /^(the |possible |root |known |common |likely |potential )*(causes?|reasons?)\b|^why\b.*\b(occurs?|happens?|appears?|issue|problem|error)\b/,
  ],
  [
    'symptoms',
    /^(the |common |typical )?(symptoms?|problems?|issues?|problem descriptions?|issue descriptions?|error messages?|what happens|observed behaviou?r)$/,
  ],
  ['symptoms', /^(symptoms?|problem|problem description)\b/],
  ['status', /^(status|current status|issue status|known issue status)\b/],
  [
    'references',
    /^(references?|reference materials?|see also|additional (resources|references|reading)|related (articles?|topics?|content|links?|information|resources?|documentation)|further (reading|information)|learn more|other resources|resources|more resources|external links|links|next steps?)\b/,
  ],
  [
    'more-information',
    /^(more (information|info|details)|further (information|details)|additional (information|info|details|notes|considerations)|technical details|other information|details|notes?|background|remarks|information)$/,
  ],
  ['more-information', /^more information\b/],
  [
    'summary',
    /^(summary|introduction|overview|abstract|synopsis|about this (article|issue|guide)|in this article|description|executive summary)$/,
  ],
  ['summary', /^(summary|introduction)\b/],
  [
    'other',
    /^(still need help|need more help|did (this|that|it) (fix|solve|help|work)|(send us |provide |give )?feedback|third-party|disclaimer|contact (us|support)|frequently asked|faqs?|community solutions?|was this)\b/,
  ],
];

/** What a heading says only where no heading above it has said more: "Method 1" below "Workaround" is a workaround. */
const weakRules: readonly Rule[] = [
  [
    'resolution',
    /^(method|option|procedure|troubleshoot(ing)?|fix it|manual steps|steps)\b(?!.*\breproduce)/,
  ],
  [
    'symptoms',
    /^(scenario|symptom|issue|problem|steps to reproduce|how to reproduce|error|expected behaviou?r)\b/,
  ],
];

const label = /^(?:(?:step|part|section|no)\s*)?(?:\(?(?:\d+|[ivx]+|[a-z])[.):]|#\d+)\s+/;
const maxHeadingChars = 200;
const ending = /[\s:.?!*_–—-]+$/;

/**
 * What the part under a heading is for. `inherited` is the kind of the heading above, null at the top.
 */
export function readSectionKind(heading: string, inherited: SectionKind | null): SectionKind {
  const plain = heading
    .slice(0, maxHeadingChars)
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(label, '')
    .replace(ending, '');
  for (const [kind, pattern] of plainRules) if (pattern.test(plain)) return kind;
  if (inherited !== null && inherited !== 'other' && inherited !== 'summary') return inherited;
  for (const [kind, pattern] of weakRules) if (pattern.test(plain)) return kind;
  return inherited ?? 'other';
}
