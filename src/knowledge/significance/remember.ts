const maxRemembered = 60_000;

/**
 * A function of a text that remembers its answers: prose repeats its words. What it remembers is bounded, and says
 * nothing about the answers themselves: `answer` must depend on its argument alone.
 */
export function remember<Answer>(answer: (text: string) => Answer): (text: string) => Answer {
  const known = new Map<string, Answer>();
  return (text) => {
    const kept = known.get(text);
    if (kept !== undefined || known.has(text)) return kept as Answer; // has() told that it is one
    if (known.size >= maxRemembered) known.clear();
    const found = answer(text);
    known.set(text, found);
    return found;
  };
}
