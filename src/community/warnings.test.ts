import { expect, test } from 'vitest';
import { findDestructiveCommands, soundsHarmful } from './warnings.ts';

test.each([
  ['format d: /q', 'format'],
  ['rd /s /q C:\\x', 'rd /s'],
  ['rmdir /q /s x', 'rd /s'],
  ['del /f /s *.tmp', 'del /s'],
  ['sudo rm -rf /var/log', 'rm -rf'],
  ['rm --recursive x', 'rm -rf'],
  ['rm -f -r x', 'rm -rf'],
  ['Remove-Item $x -Recurse -Force', 'Remove-Item -Recurse'],
  ['reg delete HKLM\\X /f', 'reg delete'],
  ['diskpart\nselect disk 0\nclean', 'diskpart clean'],
  ['dd if=/dev/zero of=/dev/sda', 'dd of=/dev'],
  ['mkfs.ext4 /dev/sdb1', 'mkfs'],
  ['Clear-Disk -Number 1', 'Format-Volume'],
  ['vssadmin delete shadows /all', 'vssadmin delete'],
  ['DROP TABLE users', 'drop database'],
])('%s carries a warning', (text, command) => {
  expect(findDestructiveCommands(`I ran ${text}`).map((found) => found.command)).toContain(command);
});

test.each([
  'The date format differs. Format: PDF',
  'Use rm on one file, and del x.txt',
  'I cleaned the disk with Disk Cleanup',
  'net stop wuauserv; ren SoftwareDistribution old; reg query HKLM',
  'Remove-Item C:\\x\\one.log',
])('%s carries none', (text) => {
  expect(findDestructiveCommands(text)).toEqual([]);
});

test('harm is heard in old feedback', () => {
  for (const text of [
    'It broke my installation.',
    'DO NOT TRY THIS',
    'Now it won’t boot',
    'I had to reinstall',
  ]) {
    expect(soundsHarmful(text), text).toBe(true);
  }
  for (const text of ['It broke the loop and worked.', 'Did not work here.', 'I lost an hour.']) {
    expect(soundsHarmful(text), text).toBe(false);
  }
});
