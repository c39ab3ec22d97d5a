/** How many articles may vanish at once before somebody has to look; a source's settings may say otherwise. */
export type PlausibilityLimits = {
  /** So many may always vanish. */
  readonly maxRetired: number;
  /** And so large a share of the active ones, 0 to 1. */
  readonly maxRetiredShare: number;
};

export const defaultPlausibilityLimits: PlausibilityLimits = { maxRetired: 10, maxRetiredShare: 0.2 };

/**
 * Why a snapshot is too small to be believed, as one sentence; null when it is plausible. A source that is suddenly
 * empty is never believed, nor is one that shows more than `max(maxRetired, maxRetiredShare * active)` articles fewer.
 */
export function findImplausibility(
  seen: { readonly activeCount: number; readonly retiredCount: number; readonly articleCount: number },
  limits: PlausibilityLimits,
): string | null {
  const { activeCount, retiredCount, articleCount } = seen;
  if (articleCount === 0) {
    return activeCount === 0
      ? 'The source shows no article at all. Nothing was kept; check its address, branch and folders, then scan again.'
      : `The source shows no article any more; ${activeCount} are known. None was retired: accept this scan if it is right, or check the source and scan again.`;
  }
  const allowed = Math.max(limits.maxRetired, Math.floor(limits.maxRetiredShare * activeCount));
  if (retiredCount <= allowed) return null;
  return (
    `${retiredCount} of ${activeCount} articles are gone from the source, more than the ${allowed} that are plausible at once. ` +
    'None was retired and nothing else of this scan was kept: accept it if it is right, or check the source and scan again.'
  );
}

/** The limits of a source: `maxRetired` and `maxRetiredShare` of its settings where they make sense. */
export function readPlausibilityLimits(settings: Readonly<Record<string, unknown>>): PlausibilityLimits {
  const { maxRetired, maxRetiredShare } = settings;
  return {
    maxRetired:
      typeof maxRetired === 'number' && maxRetired >= 0 ? maxRetired : defaultPlausibilityLimits.maxRetired,
    maxRetiredShare:
      typeof maxRetiredShare === 'number' && maxRetiredShare >= 0 && maxRetiredShare <= 1
        ? maxRetiredShare
        : defaultPlausibilityLimits.maxRetiredShare,
  };
}
