/** Commands that destroy what they are given, with what they do; the pattern finds them wherever they stand. */
const destructive: readonly { readonly command: string; readonly pattern: RegExp; readonly does: string }[] =
  [
    {
      command: 'format',
      pattern: /(?:^|[\s`>;&|(])format(?:\.com|\.exe)?\s+[a-z]:/i,
      does: 'erases a whole drive',
    },
    {
      command: 'Format-Volume',
      pattern: /\b(?:format-volume|clear-disk|initialize-disk)\b/i,
      does: 'erases a whole drive',
    },
    {
      command: 'diskpart clean',
      pattern: /\bdiskpart\b[\s\S]*?\bclean\b|^\s*clean\s+all\s*$/im,
      does: 'erases a whole disk',
    },
    {
      command: 'rd /s',
      pattern: /\b(?:rd|rmdir)\s+(?:\/q\s+)?\/s\b/i,
      does: 'deletes a folder with everything below it',
    },
    {
      command: 'del /s',
      pattern: /\b(?:del|erase)\s+(?:\/[a-z]\s+)*\/s\b/i,
      does: 'deletes files in all folders below',
    },
    {
      command: 'rm -rf',
      pattern: /\brm\s+(?:-[a-z-]+\s+)*(?:-[a-z]*r[a-z]*|--recursive)\b/i,
      does: 'deletes a folder with everything below it',
    },
    {
      command: 'Remove-Item -Recurse',
      pattern: /\b(?:remove-item|ri|rm|del)\b[^\n;|]*\s-rec(?:u(?:r(?:s(?:e)?)?)?)?\b/i,
      does: 'deletes a folder with everything below it',
    },
    { command: 'reg delete', pattern: /\breg(?:\.exe)?\s+delete\b/i, does: 'deletes from the registry' },
    { command: 'dd of=/dev', pattern: /\bdd\b[^\n;|]*\bof=\/dev\/\w/i, does: 'overwrites a whole device' },
    { command: 'mkfs', pattern: /\bmkfs(?:\.\w+)?\s/i, does: 'erases a whole file system' },
    {
      command: 'wipefs',
      pattern: /\b(?:wipefs\s+-|blkdiscard\s|shred\s+(?:-\S+\s+)*\/)/i,
      does: 'erases a device or a file for good',
    },
    {
      command: 'vssadmin delete',
      pattern: /\b(?:vssadmin(?:\.exe)?\s+delete|wbadmin\s+delete)\b/i,
      does: 'deletes backups and restore points',
    },
    {
      command: 'cipher /w',
      pattern: /\bcipher(?:\.exe)?\s+\/w\b/i,
      does: 'overwrites free space, so that nothing deleted comes back',
    },
    {
      command: 'drop database',
      pattern: /\bdrop\s+(?:database|table|schema)\b/i,
      does: 'deletes data of a database',
    },
    {
      command: 'git clean',
      pattern: /\bgit\s+(?:clean\s+-\w*f|reset\s+--hard)\b/i,
      does: 'throws uncommitted work away',
    },
  ];

/** What the text would have a reader run that destroys data; each command once. */
export function findDestructiveCommands(text: string): { readonly command: string; readonly does: string }[] {
  return destructive
    .filter(({ pattern }) => pattern.test(text))
    .map(({ command, does }) => ({ command, does }));
}

const harm =
  /\b(?:(?:broke|bricked|wrecked|killed|destroyed|ruined|messed up|corrupted|wiped|lost)\s+(?:all\s+)?(?:my|our|his|her|their)\b|(?:won['’]?t|will not|would not|wouldn['’]?t|can(?:not|['’]t)|doesn['’]?t|does not|no longer)\s+(?:even\s+)?(?:boot|start up)\b|do(?:\s+not|n['’]t)\s+(?:try|do|run|use|follow)\s+(?:this|it|that)\b|blue\s?screens?\s+(?:after|since|now)|data\s+loss|made (?:it|things) worse|had to re-?install)/i;

/** Whether the text tells of damage: asked of old feedback, which could not say so by a tick. */
export function soundsHarmful(text: string): boolean {
  return harm.test(text);
}
