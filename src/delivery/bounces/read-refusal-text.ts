import type { BounceReason } from './bounce-reasons.ts';
import { hasPhrase, readPhrases } from './phrase-patterns.ts';
import { refusalPhrases } from './refusal-phrases-data.ts';

const rules = refusalPhrases.map(([reason, phrases]) => ({ reason, patterns: readPhrases(phrases) }));

const urlPattern = /\bhttps?:\/\/[^\s<>"]{1,500}/gi;
const addressPattern = /[^\s<>()[\]:;,"]{1,200}@[^\s<>()[\]:;,"]{1,250}/g;

/**
 * What the text of a refusal says, by the phrases that servers use; null where it says nothing known. Addresses and,
 * at first, URLs are left out, since "spam-reports@unknown.example" says nothing; so is the prefix that Postfix puts
 * before whatever it says.
 */
export function readReasonFromText(text: string): BounceReason | null {
  const plain = text
    .replace(addressPattern, '@')
    .replace(/recipient address rejected:(?!\s*access denied)\s*/gi, '')
    .replace(/client host rejected:\s*(?=blocked)/gi, '');
  return matchRules(plain.replace(urlPattern, ' ')) ?? matchRules(plain);
}

function matchRules(text: string): BounceReason | null {
  return rules.find(({ patterns }) => hasPhrase(patterns, text))?.reason ?? null;
}
