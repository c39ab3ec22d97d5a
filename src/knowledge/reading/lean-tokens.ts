import MarkdownIt, { type StateBlock, type Token } from 'markdown-it';

/**
 * The parser's own token sets every field through a helper that makes each of them a slow property: a seventh of the
 * time of reading a knowledge base. This one has the same fields, set plainly, and the same methods.
 */
class LeanToken {
  map = null;
  level = 0;
  children = null;
  content = '';
  markup = '';
  info = '';
  block = true;
  hidden = false;
  attrs = null;
  meta = null;
  readonly type: string;
  readonly tag: string;
  readonly nesting: number;
  constructor(type: string, tag: string, nesting: number) {
    this.type = type;
    this.tag = tag;
    this.nesting = nesting;
  }
}
Object.setPrototypeOf(LeanToken.prototype, MarkdownIt.Token.prototype);

type BlockState = new (...parameters: ConstructorParameters<typeof StateBlock>) => StateBlock;

/** The state of block parsing that makes lean tokens. */
export function createLeanState<State extends BlockState>(base: State): State {
  // The class takes what the base takes; TypeScript can't see that of a class expression.
  return class extends (base as BlockState) {
    override push(type: string, tag: string, nesting: -1 | 0 | 1): Token {
      const token = new LeanToken(type, tag, nesting) as unknown as Token; // same fields, same prototype chain
      if (nesting < 0) this.level -= 1;
      token.level = this.level;
      if (nesting > 0) this.level += 1;
      this.tokens.push(token);
      return token;
    }
  } as unknown as State;
}
