/** Pages of this site to which somebody goes on after proving who they are; null: nowhere in particular. */
export function readNextPath(text: string | undefined): string | null {
  return text !== undefined && /^\/(account|admin|teams)(\/[\w-]+)*$/.test(text) ? text : null;
}
