import { z } from 'zod';

const text = z.string().catch('');
const optionalText = z.string().optional().catch(undefined);
/** Lists keep what is right in them: one broken entry of a vendor's must not cost the advisory. */
const list = <T extends z.ZodType>(item: T) =>
  z
    .array(z.unknown())
    .catch([])
    .default([])
    .transform((items) =>
      items.flatMap((entry) => {
        const parsed = item.safeParse(entry);
        return parsed.success ? [parsed.data] : [];
      }),
    );

const note = z.object({ category: text, text, title: optionalText });
const reference = z.object({ category: optionalText, summary: text, url: text });
const product = z.object({ name: z.string(), product_id: z.string() });

export type Branch = {
  readonly category: string;
  readonly name: string;
  readonly product?: z.output<typeof product> | undefined;
  readonly branches: readonly Branch[];
};
const branch: z.ZodType<Branch> = z.object({
  category: text,
  name: text,
  product: product.optional().catch(undefined),
  get branches() {
    return list(branch);
  },
});

const cvss = z.object({
  version: text,
  baseScore: z.number(),
  baseSeverity: optionalText,
  vectorString: text,
});

const vulnerability = z.object({
  cve: optionalText,
  title: optionalText,
  cwe: z.object({ id: z.string(), name: text }).optional().catch(undefined),
  ids: list(z.object({ system_name: text, text: z.string() })),
  notes: list(note),
  references: list(reference),
  product_status: z.record(z.string(), z.array(z.string()).catch([])).catch({}).default({}),
  scores: list(
    z.object({
      products: z.array(z.string()).catch([]).default([]),
      cvss_v2: cvss.optional().catch(undefined),
      cvss_v3: cvss.optional().catch(undefined),
      cvss_v4: cvss.optional().catch(undefined),
    }),
  ),
  remediations: list(
    z.object({
      category: z.string(),
      details: z.string(),
      url: optionalText,
      date: optionalText,
      product_ids: z.array(z.string()).catch([]).default([]),
    }),
  ),
  threats: list(z.object({ category: z.string(), details: z.string(), date: optionalText })),
});

/** CSAF 2.0 (https://docs.oasis-open.org/csaf/csaf/v2.0/csaf-v2.0.html) as far as an article needs it. */
export const csafDocumentSchema = z.object({
  document: z.object({
    category: text,
    csaf_version: optionalText,
    title: z.string(),
    lang: optionalText,
    aggregate_severity: z.object({ text: z.string() }).optional().catch(undefined),
    distribution: z
      .object({ tlp: z.object({ label: z.string() }).optional().catch(undefined) })
      .optional()
      .catch(undefined),
    notes: list(note),
    publisher: z.object({ name: text }).optional().catch(undefined),
    references: list(reference),
    tracking: z.object({
      id: z.string().min(1),
      aliases: list(z.string()),
      status: text,
      version: text,
      initial_release_date: text,
      current_release_date: text,
      revision_history: list(z.object({ date: text, number: text, summary: text })),
    }),
  }),
  product_tree: z
    .object({
      branches: list(branch),
      full_product_names: list(product),
      relationships: list(z.object({ full_product_name: product })),
    })
    .optional()
    .catch(undefined),
  vulnerabilities: list(vulnerability),
});

export type CsafDocument = z.output<typeof csafDocumentSchema>;
export type Vulnerability = CsafDocument['vulnerabilities'][number];
