import type { MaturityBand } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import { words } from '../words.ts';

/** A score among the maturity words: 0 to 100, filled up to the score. The points stand beside it as text. */
export function ScoreScale({ lang, bands, score }: { lang: Lang; bands: MaturityBand[]; score: number }) {
  const text = WORDS[lang];
  return (
    <div class="score-scale">
      <svg class="score-scale__bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        {bands.map(({ from }, index) => {
          const to = bands[index + 1]?.from ?? 100;
          const width = to - from - (index < bands.length - 1 ? 0.7 : 0);
          const filled = Math.max(0, Math.min(score - from, width));
          return (
            <g key={from}>
              <rect class="score-scale__empty" x={from} y="1" width={width} height="4" />
              <rect class="score-scale__filled" x={from} y="1" width={filled} height="4" />
            </g>
          );
        })}
        <rect class="score-scale__mark" x={Math.min(98.8, Math.max(0, score - 0.6))} y="0" width="1.2" height="6" />
      </svg>
      <p class="score-scale__words">
        {text.points(score)}
        <span class="score-scale__ladder">{text.ladder(bands.map(({ label }) => label[lang]).join('\u00a0· '))}</span>
      </p>
    </div>
  );
}

const WORDS = words({
  de: {
    points: (score: number) => (score === 1 ? '1 von 100 Punkten.' : `${score} von 100 Punkten.`),
    ladder: (ladder: string) => `Stufen: ${ladder}`,
  },
  en: { points: (score: number) => `${score} of 100 points.`, ladder: (ladder: string) => `Levels: ${ladder}` },
});
