/** Plain text as it is shown: nothing in it is markup, so nothing in it can run. */
export type TextBlock =
  | { readonly kind: 'paragraph'; readonly spans: readonly TextSpan[] }
  | { readonly kind: 'code'; readonly text: string };

export type TextSpan =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  /** `href` begins with `http://` or `https://`. */
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

/** Lines between ``` are code; `…` in a line, too; http and https addresses are links. All else is text, as it stands. */
export function readFeedbackText(text: string): TextBlock[] {
  const blocks: TextBlock[] = [];
  let paragraph: string[] = [];
  let code: string[] | null = null;
  const endParagraph = () => {
    const said = paragraph.join('\n').trim();
    if (said !== '') blocks.push({ kind: 'paragraph', spans: readSpans(said) });
    paragraph = [];
  };
  const endCode = () => {
    if (code !== null && code.length > 0) blocks.push({ kind: 'code', text: code.join('\n') });
    code = null;
  };
  for (const line of text.replace(/\r\n?/g, '\n').split('\n')) {
    if (/^\s*```/.test(line)) {
      if (code === null) {
        endParagraph();
        code = [];
      } else {
        endCode();
      }
    } else if (code !== null) {
      code.push(line);
    } else if (line.trim() === '') {
      endParagraph();
    } else {
      paragraph.push(line);
    }
  }
  endParagraph();
  endCode();
  return blocks;
}

/** Whether the text has a link. */
export function hasLinks(text: string): boolean {
  return /\bhttps?:\/\/\S/i.test(text) || /\bwww\.\w/i.test(text);
}

const inline = /`([^`\n]+)`|\bhttps?:\/\/[^\s<>"'`\\^{|}\p{Cc}\p{Cf}]+/giu;

function readSpans(text: string): TextSpan[] {
  const spans: TextSpan[] = [];
  let at = 0;
  for (const match of text.matchAll(inline)) {
    const [whole, code] = match;
    const before = text.slice(at, match.index);
    if (before !== '') spans.push({ kind: 'text', text: before });
    at = match.index + whole.length;
    if (code !== undefined) {
      spans.push({ kind: 'code', text: code });
      continue;
    }
    const [address, rest] = cutSentenceMarks(whole);
    spans.push(
      isAddress(address) ? { kind: 'link', text: address, href: address } : { kind: 'text', text: address },
    );
    if (rest !== '') spans.push({ kind: 'text', text: rest });
  }
  const after = text.slice(at);
  if (after !== '') spans.push({ kind: 'text', text: after });
  return spans;
}

/** Marks that end a sentence are none of the address, nor is a bracket that was opened before it. */
function cutSentenceMarks(address: string): [string, string] {
  let end = address.length;
  while (end > 0) {
    const last = address[end - 1] ?? '';
    const opened =
      last === ')' && address.slice(0, end).split('(').length > address.slice(0, end - 1).split(')').length;
    if (!/[.,;:!?)\]*_]/.test(last) || opened) break;
    end -= 1;
  }
  return [address.slice(0, end), address.slice(end)];
}

function isAddress(text: string): boolean {
  const url = URL.parse(text);
  // A name and a password in an address make it look like another one.
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.hostname.includes('.');
}
