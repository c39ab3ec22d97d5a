/**
 * One edit of an article in a form in which the same edit in other articles is equal. `key` tells edits apart; the
 * other fields say what it does.
 */
export type ArticleEdit = { readonly key: string } & (
  | { readonly kind: 'replaced'; readonly before: string; readonly after: string }
  | { readonly kind: 'inserted' | 'deleted'; readonly text: string }
  | { readonly kind: 'block-added' | 'block-removed'; readonly text: string; readonly noun: string }
  | { readonly kind: 'heading-added' | 'heading-removed'; readonly text: string }
  | { readonly kind: 'product-added' | 'product-removed'; readonly text: string }
  | { readonly kind: 'links-rebased'; readonly before: string; readonly after: string }
  | { readonly kind: 'link-changed'; readonly text: string }
  | {
      readonly kind: 'products-listed' | 'products-unlisted' | 'typography' | 'order' | 'date' | 'metadata';
    }
);

export type ArticleEditKind = ArticleEdit['kind'];
