/** The slug of a name: `Exchange Server 2019` → `exchange-server-2019`, `.NET 8` → `dotnet-8`, `C++` → `c-plus-plus`. */
export function makeTechnologySlug(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/['’]/g, '')
    .replace(/\.net\b/g, ' dotnet ')
    .replace(/\+/g, ' plus ')
    .replace(/#/g, ' sharp ')
    .replace(/&/g, ' and ')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
