import MarkdownIt, { type Env, type StateBlock, type StateInline, type Token } from 'markdown-it';
import { readFrontMatter } from './front-matter.ts';
import { rebaseLink, resolveRepositoryPath } from './include-links.ts';
import { createLeanState } from './lean-tokens.ts';
import { readTripleColonImage } from './triple-colon.ts';

/** What the rules of Microsoft's Markdown need to know while a text is parsed. */
export type MarkdownSurroundings = {
  /** Path of the article; links are relative to it. */
  readonly key: string;
  readonly includes: Readonly<Record<string, string>>;
  readonly warnings: string[];
  /** Paths of the file being parsed and of those that include it, outermost first. */
  readonly openFiles: string[];
  includedChars: number;
};

const maxIncludeDepth = 8;
const maxIncludedChars = 1_000_000;
const includeAtStart =
  /^\[!include\s*-?\s*\[[^\]\n]{0,300}\]\s*\(\s*<?([^()\s<>]{1,500})>?(?:\s+"[^"\n]{0,200}")?\s*\)\s*\]/i;
const markerLine = /^:{3,}\s*(zone|moniker|row|column|code|video|form|image-end|api|division|no-loc-end)\b/i;

/** A parser for Markdown with Microsoft's additions: includes, `:::image:::`, zones. Link targets stay as written. */
export function createMarkdownParser(options: { linkify: boolean }): InstanceType<typeof MarkdownIt> {
  const parser = new MarkdownIt({ html: true, linkify: options.linkify, maxNesting: 60 });
  parser.normalizeLink = (url) => url;
  // Unsafe targets are dropped where links are read and where pages are sanitised; the text is kept.
  parser.validateLink = () => true;
  parser.block.State = createLeanState(parser.block.State);
  const interrupts = { alt: ['paragraph', 'reference', 'blockquote', 'list'] };
  parser.block.ruler.before('fence', 'include', readIncludeLine, interrupts);
  parser.block.ruler.before('fence', 'marker', readMarkerLine, interrupts);
  parser.inline.ruler.before('link', 'inline_include', readInlineInclude);
  parser.inline.ruler.before('link', 'triple_colon', readTripleColon);
  return parser;
}

/** The environment that a parse with `surroundings` needs. */
export function environmentOf(surroundings: MarkdownSurroundings): Env {
  return { surroundings };
}

function surroundingsOf(env: Env): MarkdownSurroundings {
  return env.surroundings as MarkdownSurroundings; // environmentOf put it there; Env is untyped storage
}

/** The text of an include without front matter; null, with a warning, where it can't be included. */
function openInclude(around: MarkdownSurroundings, link: string): { path: string; body: string } | null {
  const path = resolveRepositoryPath(around.openFiles.at(-1) ?? around.key, link);
  const text = path !== null && Object.hasOwn(around.includes, path) ? around.includes[path] : undefined;
  if (path === null || text === undefined) return refuse(around, `include ${link} was not found`);
  if (around.openFiles.includes(path)) return refuse(around, `include ${path} includes itself`);
  if (around.openFiles.length > maxIncludeDepth)
    return refuse(around, `include ${path} is nested too deeply`);
  around.includedChars += text.length;
  if (around.includedChars > maxIncludedChars) return refuse(around, `include ${path} is too large`);
  return { path, body: readFrontMatter(text).body };
}

function refuse(around: MarkdownSurroundings, sentence: string): null {
  if (around.warnings.length < 50 && !around.warnings.includes(sentence)) around.warnings.push(sentence);
  return null;
}

function readIncludeLine(state: StateBlock, startLine: number, _endLine: number, silent: boolean): boolean {
  const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
  if (state.src.charCodeAt(start) !== 0x5b || state.src.charCodeAt(start + 1) !== 0x21) return false;
  const line = state.src.slice(start, state.eMarks[startLine]).trim();
  const match = includeAtStart.exec(line);
  if (!match || match[1] === undefined || match[0].length !== line.length) return false;
  if (silent) return true;
  state.line = startLine + 1;
  const around = surroundingsOf(state.env);
  const include = openInclude(around, match[1]);
  if (!include) return true;
  state.push('include_open', '', 0).info = include.path;
  around.openFiles.push(include.path);
  state.md.block.parse(include.body.replace(/\r\n?/g, '\n'), state.md, state.env, state.tokens);
  around.openFiles.pop();
  state.push('include_close', '', 0);
  return true;
}

/** Zones, monikers, rows and columns only arrange what stands between their marks. */
function readMarkerLine(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
  if (!state.src.startsWith(':::', start)) return false;
  const line = state.src.slice(start, Math.min(state.eMarks[startLine] ?? start, start + 2000));
  const isComplexImage = /^:::\s*image\b.*type="complex"/.test(line);
  if (!isComplexImage && !markerLine.test(line)) return false;
  if (silent) return true;
  state.line = startLine + 1;
  const image = isComplexImage ? readTripleColonImage(line) : null;
  if (!image) return true;
  pushImage(state.push('image', 'img', 0), image);
  // The long description below is for screen readers; it ends with :::image-end:::.
  for (let next = startLine + 1; next < Math.min(endLine, startLine + 200); next += 1) {
    const text = state.src.slice(state.bMarks[next], state.eMarks[next]);
    if (!/:::\s*image-end/.test(text)) continue;
    state.line = next + 1;
    break;
  }
  return true;
}

function readTripleColon(state: StateInline, silent: boolean): boolean {
  if (state.src.charCodeAt(state.pos) !== 0x3a || !state.src.startsWith(':::', state.pos)) return false;
  const rest = state.src.slice(state.pos, state.pos + 4100);
  const image = readTripleColonImage(rest);
  if (image) {
    if (!silent) pushImage(state.push('image', 'img', 0), image);
    state.pos += image.length;
    return true;
  }
  const name = /^:::\s*no-loc\s+text="([^"]{0,500})"\s*:::/.exec(rest);
  const mark = name ?? /^:::\s*(?:image|zone|moniker|row|column)-end\s*:::/.exec(rest);
  if (!mark) return false;
  if (!silent && name) state.push('text', '', 0).content = name[1] ?? '';
  state.pos += mark[0].length;
  return true;
}

function pushImage(token: Token, image: { src: string; alt: string }): void {
  token.attrs = [['src', image.src]];
  token.content = image.alt;
}

function readInlineInclude(state: StateInline, silent: boolean): boolean {
  if (state.src.charCodeAt(state.pos) !== 0x5b || state.src.charCodeAt(state.pos + 1) !== 0x21) return false;
  const match = includeAtStart.exec(state.src.slice(state.pos, state.pos + 1200));
  if (!match || match[1] === undefined) return false;
  state.pos += match[0].length;
  if (silent) return true;
  const around = surroundingsOf(state.env);
  const base = around.openFiles.at(-1) ?? around.key;
  const include = openInclude(around, match[1]);
  if (!include) return true;
  if (state.pending !== '') state.pushPending();
  around.openFiles.push(include.path);
  const tokens: Token[] = [];
  state.md.inline.parse(include.body.trim(), state.md, state.env, tokens);
  around.openFiles.pop();
  for (const token of tokens) {
    for (const attribute of token.attrs ?? []) {
      if (attribute[0] === 'href' || attribute[0] === 'src') {
        attribute[1] = rebaseLink(base, include.path, String(attribute[1]));
      }
    }
    state.tokens.push(token);
  }
  return true;
}
