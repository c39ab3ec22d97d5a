/**
 * The recipient that a variable envelope return path names: `bounces+ana=example.com@kb.example` is about
 * ana@example.com; also with `-` for `+`. Null for any other address.
 */
export function readVerpRecipient(address: string): string | null {
  const local = address.slice(0, address.lastIndexOf('@'));
  const encoded =
    /^[^+=]{1,64}?[+-](.{1,128})=((?:[a-z0-9_](?:[a-z0-9_-]{0,62}[a-z0-9])?\.)+[a-z0-9-]{2,63})$/i.exec(
      local,
    );
  return encoded === null ? null : `${encoded[1]}@${encoded[2]?.toLowerCase()}`;
}
