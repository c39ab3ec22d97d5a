const zoneHours: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  wet: 0,
  west: 1,
  bst: 1,
  cet: 1,
  cest: 2,
  met: 1,
  mest: 2,
  eet: 2,
  eest: 3,
  msk: 3,
  msd: 4,
  ist: 5.5,
  hkt: 8,
  jst: 9,
  kst: 9,
  aest: 10,
  aedt: 11,
  nzst: 12,
  nzdt: 13,
  ast: -4,
  adt: -3,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
  akst: -9,
  akdt: -8,
  hst: -10,
  et: -5,
  ct: -6,
  mt: -7,
  pt: -8,
  a: -1,
  n: 1,
  m: -12,
  y: 12,
};

/**
 * A zone by its offset, its name or both (`GMT+02:00`), in minutes east of UTC. A name that nobody knows is UTC
 * (RFC 2822 section 4.3).
 */
export function readZone(written: string | undefined): number {
  const zone = (written ?? '').toLowerCase().replace(/\s/g, '');
  const offset = /[+-].*$/.exec(zone)?.[0];
  if (offset !== undefined) return readOffset(offset);
  return (zoneHours[zone.split('/')[0] ?? ''] ?? 0) * 60;
}

/** `+01:00`, `-0530`, `+1` in minutes east of UTC. */
function readOffset(zone: string | undefined): number {
  const match = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone ?? '');
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return match[1] === '-' ? -minutes : minutes;
}
