import fc from 'fast-check';
import type { Remedy } from '../../src/remedies/remedy.ts';
import { remedySchema } from '../../src/remedies/remedy.ts';

const serviceNames = ['alpha', 'beta', 'gamma', 'absent'] as const;
/** Names with everything that shells care about. */
const oddNames = [
  'plain',
  "it's",
  'a b',
  '$(touch pwned)',
  '`id`',
  'x;y',
  '-rf',
  '*',
  'a&b|c',
  '"q"',
  '\\n',
  'ü€',
  '#no',
  '~',
  '!x',
];

const place = fc.constantFrom(
  ...oddNames.map((name) => `/srv/${name.replaceAll('*', 'star')}`),
  '/srv/dir/inner',
  '/srv/nothing',
);
const optional = fc.boolean();

const step = fc.oneof(
  fc.record({
    do: fc.constant('move-aside'),
    path: place,
    to: fc.constantFrom('beside', 'backup'),
    optional,
  }),
  fc.record({
    do: fc.constant('move-contents-aside'),
    path: fc.constantFrom('/srv/dir', '/srv/deep/er'),
    matching: fc.constantFrom(['*.log'], ['*.log', 'keep*'], ['.hidden*', '*']),
    to: fc.constantFrom('beside', 'backup'),
    optional,
  }),
  fc.record({ do: fc.constant('copy-aside'), path: place, optional }),
  fc.record({
    do: fc.constant('make-folder'),
    path: fc.oneof(place, fc.constant('/srv/new'), fc.constant('/srv/new/er')),
  }),
  fc.record({ do: fc.constant('wait'), seconds: fc.constant(1) }),
  fc.record({
    do: fc.constant('check'),
    that: fc.record({ is: fc.constantFrom('path-exists', 'path-missing'), path: place }),
    otherwise: fc.constant("Look for another fault; it's $HOME `id`."),
  }),
);

const pieces = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: step.map((one) => [one]) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom(...serviceNames), fc.array(step, { maxLength: 2 }), optional)
        .map(([service, inner, isOptional]) => [
          { do: 'stop-service', service, optional: isOptional },
          ...inner,
          { do: 'start-service', service, optional: isOptional },
        ]),
    },
    {
      weight: 1,
      arbitrary: place.chain((path) =>
        fc.constant([
          { do: 'copy-aside', path, optional: true },
          { do: 'move-aside', path, optional: true },
          { do: 'put-back', path },
        ]),
      ),
    },
  ),
  { minLength: 1, maxLength: 5 },
);

/** Remedies for Linux over the folder of `generatedFiles`; not all of them succeed, which is what they are for. */
export const generatedRemedy: fc.Arbitrary<Remedy> = pieces.map((all) => {
  let copies = 0;
  const steps = all.flat().map((one) => {
    if (one.do === 'copy-aside') {
      copies += 1;
      return { ...one, id: `copy-${copies}` };
    }
    return one.do === 'put-back' ? { do: 'put-back', copy: `copy-${copies}` } : one;
  });
  return remedySchema.parse({
    id: 'generated',
    title: 'A generated remedy: $(touch pwned) `id` \'x\' "y"',
    summary: 'For tests.',
    article: { source: 'starter', key: 'x.md', revision: 1 },
    platforms: ['linux'],
    needs: { administrator: true, minutes: 1 },
    steps,
    verify: [{ is: 'path-exists', path: '/srv/dir' }],
  });
});

export const generatedFiles: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    oddNames.map((name, index) => [`srv/${name.replaceAll('*', 'star')}`, `content ${index}\n`]),
  ),
  'srv/dir/one.log': '1',
  'srv/dir/two words.log': '2',
  'srv/dir/-rf.log': '3',
  'srv/dir/keep me': '4',
  'srv/dir/.hidden': '5',
  'srv/dir/inner/deep/file': '6',
  'srv/deep/er/a.log/is a folder': '7',
  'srv/deep/er/$(touch pwned).log': '8',
};

export const generatedServices = {
  alpha: 'running',
  beta: 'stopped',
  gamma: 'running',
  '.needs-alpha': 'gamma',
};
