import { z } from 'zod';
import { defineTool, NothingToTell } from '../tool.ts';

export const readRemedyTool = defineTool(
  {
    name: 'read_remedy',
    title: 'Read a remedy',
    description:
      'The steps of a runnable fix, what it may lose, and its scripts with checksums. It runs nothing: the user reads the script and runs it.',
    input: {
      remedy: z.string().regex(/^[a-z0-9-]{1,120}$/),
      script: z.string().max(140).optional().describe('Name of a script, to have its text'),
    },
  },
  ({ remedies, links }) =>
    async ({ remedy: id, script: name }) => {
      const offered = await remedies.findRemedy(id);
      if (offered === null) throw new NothingToTell(`There is no remedy “${id}”.`);
      const { remedy, scripts } = offered;
      if (name !== undefined) {
        const script = scripts.find((one) => one.name === name);
        if (script !== undefined) return script.text;
        throw new NothingToTell(`It has these scripts: ${scripts.map((one) => one.name).join(', ')}.`);
      }
      return [
        `${remedy.title}: ${remedy.summary}`,
        `Permanent link: ${links.remedy(id)}`,
        ...remedy.loses.map((loss) => `It would lose: ${loss}`),
        `Steps: ${JSON.stringify(remedy.steps)}`,
        ...scripts.map((one) => `Script ${one.name}, ${one.mode} mode, SHA-256 ${one.sha256}`),
        ...remedy.afterwards.map((rest) => `Afterwards: ${rest}`),
      ].join('\n');
    },
);
