import type { SiteContext } from './site-app.ts';

export type Form = {
  /** The first value, trimmed; '' when absent. Control characters but line breaks are dropped. */
  text(name: string): string;
  /** As typed: for passwords. */
  exact(name: string): string;
  all(name: string): string[];
  has(name: string): boolean;
  file(name: string): File | null;
};

/** Reads a form that was posted. */
export async function readForm(c: SiteContext): Promise<Form> {
  const data = await c.req.raw
    .clone()
    .formData()
    .catch(() => new FormData());
  const clean = (value: string) => value.replace(/[^\P{Cc}\n\t]/gu, '').trim();
  const exact = (name: string) => {
    const value = data.get(name);
    return typeof value === 'string' ? value : '';
  };
  return {
    text: (name) => clean(exact(name)),
    exact,
    all: (name) => data.getAll(name).flatMap((value) => (typeof value === 'string' ? [clean(value)] : [])),
    has: (name) => data.has(name),
    file(name) {
      const value = data.get(name);
      return value instanceof File && value.size > 0 ? value : null;
    },
  };
}
