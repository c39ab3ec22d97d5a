/** A piece of the query language as the advanced-search page and the command line explain it. */
export type QueryHelp = {
  /** As it is written, such as `changed:>2021-06`. */
  readonly syntax: string;
  readonly meaning: string;
  /** A whole query. */
  readonly example: string;
};

/** The query language, in the order in which one learns it. */
export const queryHelp: readonly QueryHelp[] = [
  {
    syntax: 'words',
    meaning:
      'Articles that have them, the best match first. Of more than four words an article may lack one in four. Other forms of a word and other names of a product count too.',
    example: 'outlook crashes when opening attachment',
  },
  {
    syntax: '0x80070002',
    meaning: 'An error code in any spelling: hexadecimal, decimal, negative, or its name.',
    example: '-2147024894',
  },
  { syntax: 'KB910336', meaning: 'A knowledge base number, with or without KB or Q.', example: 'kb 910336' },
  {
    syntax: '"words in order"',
    meaning: 'The words next to each other, such as a part of a message.',
    example: '"cannot open file"',
  },
  { syntax: '-word', meaning: 'Not the articles that have it.', example: 'activation -mac' },
  {
    syntax: 'one OR other',
    meaning: 'One of the two words, phrases or groups beside it.',
    example: 'teams crash OR freeze',
  },
  {
    syntax: '( )',
    meaning: 'A group, which counts as one word.',
    example: 'outlook (crash OR "not responding")',
  },
  { syntax: 'title:word', meaning: 'In the title; also a phrase or a group.', example: 'title:"send as"' },
  {
    syntax: 'product:name',
    meaning: 'Applies to the technology or one below it, by any of its names.',
    example: 'product:exchange-online mailbox',
  },
  {
    syntax: 'source:name',
    meaning: 'From the knowledge base of that name.',
    example: 'source:office migration',
  },
  { syntax: 'kb:number', meaning: 'Is that article or mentions it.', example: 'kb:910336' },
  {
    syntax: 'code:code',
    meaning: 'Has the error code in some spelling, also small numbers and names.',
    example: 'code:ERROR_FILE_NOT_FOUND',
  },
  {
    syntax: 'section:kind',
    meaning:
      'Has the words in a section of that kind: summary, symptoms, cause, resolution, workaround, status, applies-to, more-information or references. Without words: has such a section.',
    example: 'section:cause certificate',
  },
  {
    syntax: 'changed:date',
    meaning: 'Changed then: a year, month or day, after (>), from (>=), before (<), until (<=), or from..to.',
    example: 'sync changed:>2021-06',
  },
  { syntax: 'reviewed:date', meaning: 'The vendor reviewed it then.', example: 'reviewed:2021' },
  { syntax: 'new:date', meaning: 'First seen then.', example: 'new:2021-06..2021-08' },
  {
    syntax: 'is:retired',
    meaning: 'Withdrawn by the vendor. Without it such articles are left out.',
    example: 'is:retired outlook 2010',
  },
  {
    syntax: 'has:remedy',
    meaning: 'Has a runnable fix; also has:workaround or any other kind of section.',
    example: 'activation has:remedy',
  },
  { syntax: 'lang:code', meaning: 'Written in that language.', example: 'lang:de kennwort' },
];
