import type { Block } from '../document.ts';
import { isToolLink } from './link-target.ts';

/**
 * What a sentence is there for. plain: it says something. boilerplate: the publisher's standing text.
 * reference: it points to further reading. introduction: it says what the article is about.
 */
export type SentenceRole = 'plain' | 'boilerplate' | 'reference' | 'introduction';

/** Standing sentences, each for itself. */
const standing: readonly RegExp[] = [
  /^still need help\b/i,
  /^(?:go to|visit|or,? visit|post (?:it|your question) (?:on|in)) (?:the )?(?:microsoft|sharepoint|exchange)\b.{0,40}\b(?:community|forums?|q&a|answers)\b/i,
  /^(?:this (?:article|content) (?:is|was) (?:originally )?(?:written|authored|created|published|provided|contributed) by|authors?:|written by|content provided by)\b|\bproactively share their\b|\bwould be posted on .{0,20}\b(?:website|blog)\b/i,
  /original (?:kb|publish)/i,
  /\bis being renamed to\b|\bread this blog post\b|^for more information about this change\b/i,
  /\b(?:is|are) now (?:called|named|part of) microsoft\b|\bthe blog announcement\b|\bnew name for azure active directory\b/i,
  /\b(?:your (?:opinion|feedback) is important|tell us what you think of this article|we would appreciate your feedback|was this (?:article|information) helpful|(?:welcome|appreciate|value) (?:all of )?your (?:comments|feedback|suggestions|help)|(?:feedback|comments?|suggestions?)\b.{0,60}\b(?:improv|bottom of (?:this|the) (?:page|article|document)|this (?:page|article))|\b(?:collect|provide|send) feedback\b.{0,60}\b(?:diagnostics?|article|link|page)\b|allow us to improve the content|thank you in advance)\b/i,
  /^back to (?:the )?top$/i,
  /^(?:in this article|on this page)$/i,
];

/** Sentences of standing paragraphs: disclaimers, and the caution about the registry. The whole block is standing. */
const spreading: readonly RegExp[] = [
  /^(?:third-party (?:information |contact )?disclaimer|legal disclaimer|disclaimer)\b/i,
  /\bthird-party products that this article discusses\b|\bmicrosoft (?:makes no warrant|provides (?:third-party contact|programming examples)|does not guarantee|cannot guarantee)|\bmicrosoft support professionals can help explain\b|\bdoes not guarantee the accuracy of\b|\brepresent the current view of microsoft\b|\bwithout warranty\b/i,
  /\b(?:these include but are not limited to|in no event shall microsoft|microsoft corporation on these issues|responsibility of the user|as is" without|merchantability)\b/i,
  /\b(?:serious problems might occur|cause serious problems) if you (?:modify|edit|change) the registry\b|^(?:therefore, )?make sure that you follow these steps carefully|^follow the steps in this section carefully|\bsteps that tell you how to modify the registry\b|^(?:for added protection|as a preventive measure|before you modify it),? back up the registry\b|\bback up (?:and restore )?the registry (?:for restoration )?(?:before|in case|in windows)\b|^then, you can restore the registry if a problem occurs/i,
];

const introduction =
  /\b(?:steps|see|to|in) (?:in )?the ["“'“]?[\w ]{1,40}["”'”]? section\b|^(?:this|the following) (?:step-by-step )?(?:article|page|topic|section|guide|document) (?!applies|assumes|requires|supports)\w+(?:s|ve|d)\b|^this (?:article|guide|page) (?:is|will|contains)\b|\bcollection of (?:information|articles|topics)\b|\bbrows(?:e|ing) the table of contents\b|^(?:welcome to|in this article|describes|discusses|provides (?:a|the|information|resolution))\b/i;

const pointer =
  /^\d{6,7}:?\s|\b(?:click|see|view) the (?:following )?article numbers?\b|\bto view the articles? in the microsoft knowledge base\b|^(?:note:? )?(?:for|to (?:get|find|learn|see|obtain|view|read)) (?:some )?(?:more|additional|further|general|detailed|related|complete|the latest)\b|^(?:for|to learn) (?:more )?(?:info|information|details|reference|references|guidance|help)\b|^(?:see(?: also)?|also see|refer to|read|learn (?:more|about|how)|related|check out|more (?:info|information|details)|additional (?:information|resources))\b|^(?:for|to) (?:more|learn)\b|^(?:click|visit|go to|see) the following (?:article|articles|microsoft|web|website|links?|blog|resources?)\b/i;

/** A name for what follows, and a lead-in that says no more: "Method 1", "Note", "To do this, follow these steps:". */
const label =
  /^(?:(?:issue|method|option|scenario|cause|resolution|workaround|solution|symptoms?|problem|notes?|important|warning|caution|tip|example|step|figure|table|part|more information|status|summary|microsoft knowledge base articles?)s?\s*\d*[:.]?|\d+[:.)]?)$/i;

/** The roles of the sentences of a block. */
export function readSentenceRoles(sentences: readonly string[], block: Block): SentenceRole[] {
  if (block.kind === 'code') return sentences.map(() => 'plain');
  const isStanding = sentences.some((sentence) => matches(spreading, sentence));
  return sentences.map((sentence) => (isStanding ? 'boilerplate' : readSentenceRole(sentence, block.links)));
}

function readSentenceRole(sentence: string, links: Block['links']): SentenceRole {
  if (label.test(sentence)) return 'introduction';
  if (matches(standing, sentence)) return 'boilerplate';
  if (introduction.test(sentence)) return 'introduction';
  if (pointer.test(sentence)) return 'reference';
  return isBareLink(sentence, links) ? 'reference' : 'plain';
}

function matches(patterns: readonly RegExp[], sentence: string): boolean {
  return patterns.some((pattern) => pattern.test(sentence));
}

/** Nothing but the text of links; one behind which there is something to run is more than a pointer. */
function isBareLink(sentence: string, links: Block['links']): boolean {
  if (links.length === 0) return /^https?:\/\/\S+$/.test(sentence) && !isToolLink(sentence);
  let rest = sentence;
  for (const link of links) {
    if (link.text === '' || !rest.includes(link.text)) continue;
    if (isToolLink(link.href)) return false;
    rest = rest.replace(link.text, ' ');
  }
  return (rest.match(/\p{L}{2,}/gu)?.length ?? 0) <= 2 && rest !== sentence;
}
