import { createRequire } from 'node:module';
import type * as TreeSitter from '@vscode/tree-sitter-wasm';

const require = createRequire(import.meta.url);
/** The package is a script for browsers and Node alike; its types are those of web-tree-sitter. */
const treeSitter: typeof TreeSitter = require('@vscode/tree-sitter-wasm');
const folder = require.resolve('@vscode/tree-sitter-wasm').replace(/tree-sitter\.js$/, '');

export type SyntaxNode = TreeSitter.Node;

/** Parses by tree-sitter's grammar of the language; the tree knows where it has errors. */
export async function loadGrammar(name: 'bash' | 'powershell'): Promise<(text: string) => SyntaxNode> {
  await treeSitter.Parser.init();
  const language = await treeSitter.Language.load(`${folder}tree-sitter-${name}.wasm`);
  return (text) => {
    const parser = new treeSitter.Parser();
    parser.setLanguage(language);
    const tree = parser.parse(text);
    if (tree === null) throw new Error(`${name} could not be parsed`);
    return tree.rootNode;
  };
}
