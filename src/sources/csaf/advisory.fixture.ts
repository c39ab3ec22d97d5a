/** A small advisory with everything that an article is made of. */
export function makeAdvisory(
  change: {
    category?: string;
    title?: string;
    history?: string;
    notes?: readonly object[];
    tracking?: object;
  } = {},
) {
  return {
    document: {
      category: change.category ?? 'csaf_security_advisory',
      csaf_version: '2.0',
      title: change.title ?? 'Pump controller lets anybody in',
      lang: 'en',
      distribution: { tlp: { label: 'WHITE' } },
      notes: change.notes ?? [
        { category: 'summary', title: 'Summary', text: 'A password that all devices share.' },
        { category: 'legal_disclaimer', text: 'All rights reserved.' },
      ],
      publisher: { category: 'vendor', name: 'Example', namespace: 'https://example.org' },
      references: [
        { category: 'self', summary: 'This document', url: 'https://csaf.example/ex-1.json' },
        { category: 'self', summary: 'For people', url: 'https://example.org/advisories/ex-2026-1' },
      ],
      tracking: {
        id: 'EX-2026-1',
        status: 'final',
        version: '2',
        initial_release_date: '2026-01-01T00:00:00Z',
        current_release_date: '2026-01-02T00:00:00Z',
        revision_history: [
          { date: '2026-01-01T00:00:00Z', number: '1', summary: 'First version' },
          { date: '2026-01-02T00:00:00Z', number: '2', summary: change.history ?? 'CVE-2026-0002 added' },
        ],
        ...change.tracking,
      },
    },
    product_tree: {
      branches: [
        {
          category: 'vendor',
          name: 'Example',
          branches: [
            {
              category: 'product_name',
              name: 'Pump',
              branches: [
                { category: 'product_version', name: '1.*', product: { product_id: 'P1', name: 'Pump' } },
              ],
            },
            {
              category: 'product_name',
              name: 'Valve',
              branches: [
                {
                  category: 'product_version_range',
                  name: '<2.0',
                  product: { product_id: 'P2', name: 'Example Valve' },
                },
              ],
            },
          ],
        },
      ],
    },
    vulnerabilities: [
      {
        cve: 'CVE-2026-0001',
        title: 'Hard-coded password',
        cwe: { id: 'CWE-259', name: 'Use of Hard-coded Password' },
        notes: [{ category: 'description', text: 'Anybody who reads the manual gets in.' }],
        product_status: { known_affected: ['P1', 'P2'] },
        scores: [
          {
            products: ['P1'],
            cvss_v3: {
              version: '3.1',
              baseScore: 9.8,
              baseSeverity: 'CRITICAL',
              vectorString: 'CVSS:3.1/AV:N',
            },
          },
        ],
        remediations: [
          {
            category: 'vendor_fix',
            details: 'Update to 2.0',
            url: 'https://example.org/2.0',
            product_ids: ['P1'],
          },
          { category: 'mitigation', details: 'Keep it off the network', product_ids: ['P1', 'P2'] },
        ],
        threats: [{ category: 'exploit_status', details: 'Seen in the wild' }],
      },
      {
        cve: 'CVE-2026-0002',
        product_status: { known_affected: ['P2'] },
        scores: [{ products: ['P2'], cvss_v2: { version: '2.0', baseScore: 5, vectorString: 'AV:N/AC:L' } }],
        remediations: [
          { category: 'no_fix_planned', details: 'The valve is no longer made', product_ids: ['P2'] },
        ],
      },
    ],
  };
}
