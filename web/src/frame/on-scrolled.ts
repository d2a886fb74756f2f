/** Browsers limit how often a page may change its entry in the history. */
const restMs = 150;

/** Calls `keep` whenever the target was scrolled and is at rest. Returns what ends that. */
export function onScrolled(target: EventTarget, keep: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, restMs);
  };
  target.addEventListener('scroll', wait, { passive: true });
  return () => {
    clearTimeout(timer);
    target.removeEventListener('scroll', wait);
  };
}
