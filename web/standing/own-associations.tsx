import type { AssociationCard } from '#contracts/answers/association';
import type { Lang } from '#contracts/text';
import { ask, type Fetch } from '../service.ts';
import { useAsked } from '../use-asked.ts';
import { words } from '../words.ts';

const fetchHere: Fetch = (url, init) => fetch(url, init);

/** Whom a member can ask: name and contact of the associations under whose code its check was sent. Quiet if none gave one. */
export function OwnAssociations({ lang, associations }: { lang: Lang; associations: string[] }) {
  const text = WORDS[lang];
  // Public addresses, read without the Rückkehr-Code; what does not answer is left out.
  const asked = associations.map((id) => `/v1/associations/${id}`);
  const { value } = useAsked(async () => {
    const answers = await Promise.all(asked.map((path) => ask<AssociationCard>(fetchHere, path, { lang })));
    return { ok: true, value: answers.flatMap((answer) => (answer.ok && answer.value.contact ? [answer.value] : [])) };
  }, [asked.join(), lang]);
  const cards = value ?? [];
  if (cards.length === 0) return null;
  return (
    <section aria-labelledby="own-associations">
      <h2 id="own-associations">{text.title(cards.length)}</h2>
      <dl>
        {cards.map(({ id, name, contact }) => (
          <div key={id}>
            <dt>{name}</dt>
            <dd>{contact}</dd>
          </div>
        ))}
      </dl>
      <p class="quiet">{text.note(cards.length)}</p>
    </section>
  );
}

const WORDS = words({
  de: {
    title: (count: number): string => (count === 1 ? 'Ihr Verband' : 'Ihre Verbände'),
    note: (count: number): string =>
      count === 1
        ? 'An diese Adresse können Sie sich mit Fragen wenden. Ihr Verband sieht Ihr Ergebnis nicht; was Sie davon erzählen, entscheiden Sie.'
        : 'An diese Adressen können Sie sich mit Fragen wenden. Ihre Verbände sehen Ihr Ergebnis nicht; was Sie davon erzählen, entscheiden Sie.',
  },
  en: {
    title: (count: number): string => (count === 1 ? 'Your association' : 'Your associations'),
    note: (count: number): string =>
      count === 1
        ? 'This is whom to turn to with questions. Your association does not see your result; what you tell about it is up to you.'
        : 'This is whom to turn to with questions. Your associations do not see your result; what you tell about it is up to you.',
  },
});
