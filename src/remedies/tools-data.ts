/** A program of the system that remedies may run, and with which arguments. */
export type Tool = {
  readonly platform: 'windows' | 'linux';
  /** Name of its file: in System32 on Windows, on the system's own path on Linux. */
  readonly file: string;
  /** Changes nothing with these first arguments, so that a condition may run it. */
  readonly asks: readonly (readonly string[])[];
  /** First arguments with which a step may run it. `*` stands for one argument of any kind. */
  readonly acts: readonly (readonly string[])[];
};

/**
 * The closed list of tools. None interprets what it is given as a program, and none deletes files at a path of
 * the caller's choice; a remedy can name nothing else.
 */
export const tools: Readonly<Record<string, Tool>> = {
  netsh: {
    platform: 'windows',
    file: 'netsh.exe',
    asks: [
      ['winsock', 'show', 'catalog'],
      ['interface', 'ip', 'show'],
    ],
    acts: [
      ['winsock', 'reset'],
      ['int', 'ip', 'reset'],
      ['int', 'ipv6', 'reset'],
      ['advfirewall', 'reset'],
    ],
  },
  ipconfig: {
    platform: 'windows',
    file: 'ipconfig.exe',
    asks: [['/all']],
    acts: [['/flushdns'], ['/registerdns'], ['/renew'], ['/release']],
  },
  dism: {
    platform: 'windows',
    file: 'dism.exe',
    asks: [
      ['/Online', '/Cleanup-Image', '/CheckHealth'],
      ['/Online', '/Cleanup-Image', '/ScanHealth'],
    ],
    acts: [
      ['/Online', '/Cleanup-Image', '/RestoreHealth'],
      ['/Online', '/Cleanup-Image', '/StartComponentCleanup'],
    ],
  },
  sfc: { platform: 'windows', file: 'sfc.exe', asks: [['/verifyonly']], acts: [['/scannow']] },
  gpupdate: { platform: 'windows', file: 'gpupdate.exe', asks: [], acts: [['/force']] },
  w32tm: { platform: 'windows', file: 'w32tm.exe', asks: [['/query', '/status']], acts: [['/resync']] },
  klist: { platform: 'windows', file: 'klist.exe', asks: [['sessions']], acts: [['purge']] },
  'apt-get': {
    platform: 'linux',
    file: 'apt-get',
    asks: [['check']],
    acts: [['--yes', 'autoremove'], ['--yes', '--fix-broken', 'install'], ['clean'], ['update']],
  },
  dpkg: { platform: 'linux', file: 'dpkg', asks: [['--audit']], acts: [['--configure', '--pending']] },
  'update-initramfs': { platform: 'linux', file: 'update-initramfs', asks: [], acts: [['-u', '-k', '*']] },
  'update-grub': { platform: 'linux', file: 'update-grub', asks: [], acts: [[]] },
  journalctl: {
    platform: 'linux',
    file: 'journalctl',
    asks: [['--disk-usage'], ['--verify']],
    acts: [['--rotate'], ['--sync'], ['--flush'], ['--vacuum-size=500M'], ['--vacuum-size=200M']],
  },
  systemctl: {
    platform: 'linux',
    file: 'systemctl',
    asks: [['is-system-running']],
    acts: [['daemon-reload'], ['reset-failed']],
  },
};
