import type { ArticleEdit } from './article-edit.ts';

/** The plain sentence for an edit that was made in many articles. */
export function nameBulkEdit(edit: ArticleEdit, articleCount: number): string {
  const articles = `${articleCount} ${articleCount === 1 ? 'article' : 'articles'}`;
  switch (edit.kind) {
    case 'replaced':
      return `${quote(edit.before)} became ${quote(edit.after)} in ${articles}`;
    case 'inserted':
      return `${quote(edit.text)} was inserted in ${articles}`;
    case 'deleted':
      return `${quote(edit.text)} was deleted from ${articles}`;
    case 'block-added':
      return `The same ${edit.noun} was added to ${articles}: ${quote(edit.text)}`;
    case 'block-removed':
      return `The same ${edit.noun} was removed from ${articles}: ${quote(edit.text)}`;
    case 'heading-added':
      return `The heading ${quote(edit.text)} was added to ${articles}`;
    case 'heading-removed':
      return `The heading ${quote(edit.text)} was removed from ${articles}`;
    case 'product-added':
      return `${quote(edit.text)} was added to the products of ${articles}`;
    case 'product-removed':
      return `${quote(edit.text)} was removed from the products of ${articles}`;
    case 'products-listed':
      return `The products were listed in ${articles} that named none before`;
    case 'products-unlisted':
      return `The list of products was taken out of ${articles}`;
    case 'links-rebased':
      return `Links to ${nameBase(edit.before)} became links to ${nameBase(edit.after)} in ${articles}`;
    case 'link-changed':
      return `The same link was changed in ${articles}: ${cut(edit.text)}`;
    case 'typography':
      return `Only quotation marks, dashes or punctuation changed in ${articles}`;
    case 'order':
      return `Only the order of parts changed in ${articles}`;
    case 'date':
      return `Only the date was bumped in ${articles}; their text is the same`;
    case 'metadata':
      return `Only metadata changed in ${articles}; their text is the same`;
  }
}

const maxChars = 120;

function quote(text: string): string {
  return `“${cut(text)}”`;
}

function cut(text: string): string {
  return text.length <= maxChars ? text : `${text.slice(0, maxChars - 1).trimEnd()}…`;
}

function nameBase(base: string): string {
  return base === '' ? 'the same site' : base;
}
