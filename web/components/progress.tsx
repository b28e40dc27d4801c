/** How far one has come, in words and as a bar. */
export function Progress({ words, place, of }: { words: string; place: number; of: number }) {
  return (
    <p class="progress">
      <span id="progress">{words}</span>
      <progress aria-labelledby="progress" value={place} max={of} />
    </p>
  );
}
