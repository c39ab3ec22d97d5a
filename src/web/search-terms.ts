/** One instruction of the query language, with its value quoted where it needs to be. */
export function searchTerm(name: string, value: string): string {
  return /^[\p{L}\p{N}._<>=-]+$/u.test(value) ? `${name}:${value}` : `${name}:"${value.replaceAll('"', '')}"`;
}
