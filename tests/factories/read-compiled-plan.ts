import { loadGrammar, type SyntaxNode } from './shell-grammars.ts';

/** A call that a compiled script makes: name and arguments, words for people left out. */
export type ReadCall = readonly string[];

const [parseBash, parsePowerShell] = [await loadGrammar('bash'), await loadGrammar('powershell')];

/** Reads what `kb_plan` of a script calls, through the syntax tree of the language. Throws where it does not parse. */
export function readShPlan(script: string): ReadCall[] {
  const root = parseWhole(parseBash, script);
  const body = root
    .descendantsOfType('function_definition')
    .find((node) => node?.childForFieldName('name')?.text === 'kb_plan');
  return commandsOf(body, (node) => node.namedChildren.map((child) => readShWord(child)));
}

export function readPowerShellPlan(script: string): ReadCall[] {
  const root = parseWhole(parsePowerShell, script);
  const body = root
    .descendantsOfType('function_statement')
    .find((node) => node?.namedChildren[0]?.text === 'kb_plan');
  return commandsOf(body, (node) => [
    node.childForFieldName('command_name')?.text ?? '',
    ...(node.childForFieldName('command_elements')?.namedChildren ?? [])
      .filter((child) => child?.type !== 'command_argument_sep')
      .map((child) => readPowerShellWord(child?.text ?? '')),
  ]);
}

/** cmd has no grammar: its plan is lines of `set "KB_X=…"` and `call :kb_…`, and nothing else is let pass. */
export function readCmdPlan(script: string): ReadCall[] {
  const lines = script.split('\r\n');
  const from = lines.indexOf(':kb_plan') + 1;
  const calls: ReadCall[] = [];
  let values = new Map<string, string>();
  for (const line of lines.slice(from, lines.indexOf('exit /b 0', from))) {
    const [, name = '', value = ''] = /^set "KB_([A-Z0-9]+)=([^"]*)"$/.exec(line) ?? [];
    const [, routine] = /^call :kb_(\w+)$/.exec(line) ?? [];
    if (name !== '') values.set(name, value);
    else if (routine !== undefined) {
      calls.push(...readCmdCall(routine, values));
      values = new Map([...values].filter(([key]) => key === 'N'));
    } else if (line !== 'if errorlevel 1 exit /b 1') throw new Error(`unexpected line: ${line}`);
  }
  return calls;
}

function readCmdCall(routine: string, values: ReadonlyMap<string, string>): ReadCall[] {
  const args = [1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((index) => {
    const value = values.get(`A${index}`);
    return value === undefined
      ? []
      : [
          value
            .replaceAll('%KB_WINDOWS%', '{windows}')
            .replaceAll('%KB_SYSTEM32%', '{system32}')
            .replaceAll('%KB_PROGRAMDATA%', '{program-data}'),
        ];
  });
  const condition = values.get('CONDITION') ?? '';
  const isTool = routine === 'run_tool' || condition === 'tool_succeeds';
  const plain = isTool ? [...args.slice(0, 2), ...args.slice(3)] : args;
  if (routine === 'done') return [];
  if (routine === 'step') return [['step', values.get('N') ?? '']];
  if (routine === 'ask') return [['ask']];
  if (routine === 'expect' || routine === 'check') return [[routine, condition, ...plain]];
  if (routine === 'move_contents_aside')
    return [[routine, ...args.slice(0, 3), ...(args[3] ?? '').split(' ')]];
  return [[routine, ...plain]];
}

function commandsOf(
  body: SyntaxNode | null | undefined,
  read: (command: SyntaxNode) => string[],
): ReadCall[] {
  if (!body) throw new Error('the script has no plan');
  return body.descendantsOfType('command').flatMap((node) => {
    if (node === null) return [];
    const [name = '', ...args] = read(node);
    if (name === 'return') return [];
    const routine = name.replace(/^kb_/, '');
    if (routine === 'done') return [];
    if (routine === 'step') return [['step', args[0] ?? '']];
    if (routine === 'ask') return [['ask']];
    if (routine === 'expect') return [[routine, ...args.slice(1)]];
    if (routine === 'check') return [[routine, ...args.slice(2)]];
    return [[routine, ...args]];
  });
}

function parseWhole(parse: (text: string) => SyntaxNode, script: string): SyntaxNode {
  const root = parse(script);
  if (root.hasError) throw new Error(`the script does not parse: ${root.toString().slice(0, 200)}`);
  return root;
}

function readShWord(node: SyntaxNode | null): string {
  if (node === null) return '';
  if (node.type === 'raw_string') return node.text.slice(1, -1);
  if (node.type === 'concatenation') return node.namedChildren.map(readShWord).join('');
  return node.text.replace(/\\(.)/g, '$1');
}

function readPowerShellWord(text: string): string {
  return text.startsWith("'") ? text.slice(1, -1).replace(/(['\u2018-\u201b])\1/g, '$1') : text;
}
