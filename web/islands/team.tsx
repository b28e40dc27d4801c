import { useState } from 'preact/hooks';
import type { Instrument } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import { adapted, emptyDraft } from '../check/draft.ts';
import { ItemCards } from '../check/item-cards.tsx';
import { KEPT_DRAFT, readDraft } from '../check/kept-draft.ts';
import { KeptNotices } from '../check/kept-notices.tsx';
import { SheetEntry, shortAnswer } from '../check/sheet-entry.tsx';
import {
  compare,
  type ItemComparison,
  KEPT_ROUND,
  MAX_MEMBERS,
  MAX_NAME_LENGTH,
  parseTeamFile,
  type TeamRound,
  withAgreement,
  withMember,
  withMemberAnswer,
  withoutMember,
} from '../check/team.ts';
import { useKept } from '../check/use-kept.ts';
import { Button, TextButton } from '../components/button.tsx';
import { Disclosure } from '../components/disclosure.tsx';
import { Field, TextField } from '../components/field.tsx';
import { Notice } from '../components/notice.tsx';
import { Table } from '../components/table.tsx';
import { keep } from '../kept.ts';
import { pathTo } from '../site-map.ts';
import { browserStore } from '../text-store.ts';
import { words } from '../words.ts';

/** A team round: collect drafts, see where they differ, agree on one answer each, go on with the check. */
export default function Team({ lang, instrument }: { lang: Lang; instrument: Instrument }) {
  const text = WORDS[lang];
  const kept = useKept(KEPT_ROUND, instrument);
  const { value: round, change, discard } = kept;
  const agreedCount = instrument.items.filter(({ id }) => round.agreed[id] !== undefined).length;
  const takeOver = () => {
    const store = browserStore('localStorage');
    const found = readDraft(store);
    const current = found && !found.sent ? adapted(found, instrument) : undefined;
    // Without the time: it was spent in the round, not here.
    const { secondsAnswering: _, ...draft } = current ?? emptyDraft(instrument);
    keep(store, KEPT_DRAFT, { ...draft, answers: round.agreed });
    location.assign(`${pathTo('check', lang)}#overview`);
  };
  const props = { lang, instrument, round, change };
  return (
    <div class="check">
      <h2>{text.collect}</h2>
      <p>{text.collectText}</p>
      <KeptNotices lang={lang} kept={kept} />
      <Members {...props} />
      {round.members.length > 1 ? (
        <>
          <SideBySide {...props} />
          <h2>{text.takeOverTitle}</h2>
          <p role="status">{text.agreedSoFar(agreedCount, instrument.items.length)}</p>
          <p>{text.takeOverText}</p>
          <div class="buttons">
            <Button onClick={takeOver}>{text.takeOver}</Button>
            <Button kind="quiet" onClick={discard}>
              {text.discard}
            </Button>
          </div>
        </>
      ) : null}
    </div>
  );
}

interface RoundProps {
  lang: Lang;
  instrument: Instrument;
  round: TeamRound;
  change: (next: (round: TeamRound) => TeamRound) => void;
}

/** Who takes part, with the answers of one open to be corrected, and the ways to add another. */
function Members({ lang, instrument, round: { members }, change }: RoundProps) {
  const text = WORDS[lang];
  const [editing, setEditing] = useState<number | undefined>();
  const [faults, setFaults] = useState<{ file: string; fault: keyof typeof text.faults }[]>([]);
  const addFiles = async (files: FileList) => {
    const refused: typeof faults = [];
    let room = MAX_MEMBERS - members.length;
    for (const file of files) {
      const member = parseTeamFile(await file.text(), instrument);
      const fault = typeof member === 'string' ? member : room === 0 ? 'full' : undefined;
      if (fault) refused.push({ file: file.name, fault });
      if (fault || typeof member === 'string') continue;
      room -= 1;
      change((current) => withMember(current, instrument, member));
    }
    setFaults(refused);
  };
  const addSheet = (name: string) => {
    setEditing(members.length);
    change((current) => withMember(current, instrument, { name, answers: {} }));
  };
  const remove = (index: number) => {
    setEditing(undefined);
    change((current) => withoutMember(current, instrument, index));
  };
  return (
    <>
      {members.length > 0 ? (
        <ul class="members">
          {members.map(({ name, answers }, index) => (
            <li key={index} class="card">
              <p>
                <strong>{name}</strong>{' '}
                <span class="quiet">{text.answered(Object.keys(answers).length, instrument.items.length)}</span>
              </p>
              <p class="members__actions">
                <TextButton
                  aria-expanded={editing === index}
                  onClick={() => setEditing(editing === index ? undefined : index)}
                >
                  {editing === index ? text.close : text.edit} <span class="visually-hidden">{name}</span>
                </TextButton>
                <TextButton onClick={() => remove(index)}>
                  {text.remove} <span class="visually-hidden">{name}</span>
                </TextButton>
              </p>
              {editing === index ? (
                <SheetEntry
                  lang={lang}
                  instrument={instrument}
                  name={`sheet-${index}`}
                  answers={answers}
                  onAnswer={(item, answer) =>
                    change((current) => withMemberAnswer(current, instrument, { index, item, answer }))
                  }
                />
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      {members.length < MAX_MEMBERS ? (
        <AddMember lang={lang} count={members.length} onFiles={addFiles} onSheet={addSheet} />
      ) : (
        <p class="quiet">{text.isFull}</p>
      )}
      {faults.length > 0 ? (
        <Notice kind="error" title={text.faultsTitle} isLive>
          <ul>
            {faults.map(({ file, fault }) => (
              <li key={file}>
                {file}: {text.faults[fault]}
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
    </>
  );
}

function SideBySide({ lang, instrument, round: { members, agreed }, change }: RoundProps) {
  const text = WORDS[lang];
  const comparisons = compare(instrument, members);
  const list = (...kinds: ItemComparison['kind'][]) =>
    comparisons
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ item, answers }) => (
        <div key={item.id} class="check__item agreement" id={`item-${item.id}`}>
          <ItemCards
            lang={lang}
            item={item}
            legend={
              <>
                <span class="check__theme">
                  {instrument.items.indexOf(item) + 1}. {item.title[lang]}
                </span>
                {item.question[lang]}
              </>
            }
            under={(answer) => {
              const names = members.filter((_, place) => answers[place] === answer).map(({ name }) => name);
              return names.length > 0
                ? names.map((name, place) => (
                    <span key={place} class="agreement__name">
                      {name}
                    </span>
                  ))
                : undefined;
            }}
            value={agreed[item.id]}
            onAnswer={(answer) => change((current) => withAgreement(current, item.id, answer))}
          />
        </div>
      ));
  const [wide, near, same] = [list('wide'), list('near', 'open'), list('same')];
  return (
    <>
      <h2>{text.compare}</h2>
      <p>{text.compareText}</p>
      <Disclosure summary={text.table}>
        <Table
          caption={text.tableCaption}
          columns={[text.question, ...members.map(({ name }) => name), text.agreedColumn]}
          rows={comparisons.map(({ item, answers, kind }) => [
            kind === 'wide' ? `${item.title[lang]} ↕` : item.title[lang],
            ...answers.map((answer) => shortAnswer(answer, lang)),
            shortAnswer(agreed[item.id], lang),
          ])}
        />
      </Disclosure>
      <h3>{text.wide(wide.length)}</h3>
      {wide.length === 0 ? <p>{text.noWide}</p> : wide}
      {near.length > 0 ? (
        <>
          <h3>{text.near(near.length)}</h3>
          {near}
        </>
      ) : null}
      {same.length > 0 ? (
        <Disclosure summary={text.same(same.length)}>
          <p>{text.sameText}</p>
          {same}
        </Disclosure>
      ) : null}
    </>
  );
}

function AddMember({
  lang,
  count,
  onFiles,
  onSheet,
}: {
  lang: Lang;
  count: number;
  onFiles: (files: FileList) => void;
  onSheet: (name: string) => void;
}) {
  const text = WORDS[lang];
  const [name, setName] = useState('');
  return (
    <div class="cards">
      <div class="card">
        <Field label={text.files} hint={text.filesHint}>
          {(control) => (
            <input
              {...control}
              type="file"
              multiple
              accept=".json,application/json"
              onChange={({ currentTarget: { files } }) => files && onFiles(files)}
            />
          )}
        </Field>
      </div>
      <form
        class="card"
        onSubmit={(event) => {
          event.preventDefault();
          onSheet(name.trim() || text.person(count + 1));
          setName('');
        }}
      >
        <TextField
          id="sheet-name"
          label={text.sheet}
          hint={text.sheetHint}
          maxLength={MAX_NAME_LENGTH}
          value={name}
          onInput={setName}
        />
        <Button type="submit" kind="secondary">
          {text.addSheet}
        </Button>
      </form>
    </div>
  );
}

const WORDS = words({
  de: {
    collect: '1. Entwürfe sammeln',
    collectText:
      'Alle antworten zuerst für sich, im Check oder auf dem Antwortbogen. Sammeln Sie die Entwürfe hier an einem Gerät, bis zu sechs. Sie bleiben in diesem Browser; gesendet wird davon nichts.',
    answered: (count: number, items: number) => `${count} von ${items} Fragen beantwortet`,
    edit: 'Antworten ansehen und ändern',
    close: 'Antworten schließen',
    remove: 'Entfernen',
    isFull: 'Sechs Entwürfe sind da; mehr passen nicht nebeneinander.',
    files: 'Dateien öffnen',
    filesHint: 'Im Check unter „Überblick“ sichern alle ihre Antworten als Datei.',
    sheet: 'Einen Antwortbogen eintippen',
    sheetHint: 'Name der Spalte: eine Rolle oder ein Kürzel.',
    person: (number: number) => `Person ${number}`,
    addSheet: 'Bogen anlegen',
    faultsTitle: 'Nicht jede Datei ließ sich übernehmen',
    faults: {
      'not-a-draft': 'Das ist kein Teamentwurf aus dem Check.',
      'other-instrument': 'Dieser Entwurf gehört zu einem anderen Fragebogen.',
      empty: 'Dieser Entwurf enthält keine Antworten.',
      full: 'Es sind schon sechs Entwürfe da.',
    },
    compare: '2. Nebeneinanderlegen und einigen',
    compareText:
      'Oben stehen die Fragen, bei denen Sie am weitesten auseinanderliegen. Unter jeder Antwort steht, wer sie gewählt hat. Sprechen Sie darüber, woran das liegt, und wählen Sie eine gemeinsame Antwort; einen Mittelwert bilden wir bewusst nicht.',
    table: 'Alle Antworten als Tabelle',
    tableCaption: 'Antworten nebeneinander; ↕ steht für zwei Stufen und mehr',
    question: 'Frage',
    agreedColumn: 'Gemeinsam',
    wide: (count: number) =>
      count === 1
        ? 'Eine Frage mit großem Unterschied'
        : `${count} Fragen mit großem Unterschied (zwei Stufen und mehr)`,
    noWide: 'Nirgends liegen Sie zwei Stufen oder mehr auseinander.',
    near: (count: number) =>
      count === 1 ? 'Eine Frage mit kleinem Unterschied' : `${count} Fragen mit kleinem Unterschied`,
    same: (count: number) => (count === 1 ? 'Einig bei einer Frage' : `Einig bei ${count} Fragen`),
    sameText: 'Hier haben alle dasselbe geantwortet; es ist schon übernommen.',
    takeOverTitle: '3. In den Check übernehmen',
    agreedSoFar: (count: number, items: number) => `${count} von ${items} Fragen haben eine gemeinsame Antwort.`,
    takeOverText:
      'Die gemeinsamen Antworten ersetzen die, die in diesem Browser im Check stehen. Was offen ist, können Sie dort ergänzen.',
    takeOver: 'In den Check übernehmen',
    discard: 'Teamrunde löschen',
  },
  en: {
    collect: '1. Collect the drafts',
    collectText:
      'Everyone first answers alone, in the check or on the answer sheet. Collect the drafts here on one device, up to six. They stay in this browser; none of them is sent.',
    answered: (count: number, items: number) => `${count} of ${items} questions answered`,
    edit: 'See and change answers',
    close: 'Close the answers',
    remove: 'Remove',
    isFull: 'There are six drafts; more do not fit side by side.',
    files: 'Open files',
    filesHint: 'In the check, under “Overview”, everyone saves their answers as a file.',
    sheet: 'Type in an answer sheet',
    sheetHint: 'Name of the column: a role or initials.',
    person: (number: number) => `Person ${number}`,
    addSheet: 'Add the sheet',
    faultsTitle: 'Not every file could be taken',
    faults: {
      'not-a-draft': 'This is no team draft from the check.',
      'other-instrument': 'This draft belongs to another questionnaire.',
      empty: 'This draft holds no answers.',
      full: 'There are six drafts already.',
    },
    compare: '2. Side by side, and agree',
    compareText:
      'On top are the questions where you are furthest apart. Below each answer stands who chose it. Talk about the reasons and choose one answer together; deliberately, we do not take a mean.',
    table: 'All answers as a table',
    tableCaption: 'Answers side by side; ↕ stands for two levels and more',
    question: 'Question',
    agreedColumn: 'Together',
    wide: (count: number) =>
      count === 1
        ? 'One question with a large difference'
        : `${count} questions with a large difference (two levels and more)`,
    noWide: 'Nowhere are you two levels or more apart.',
    near: (count: number) =>
      count === 1 ? 'One question with a small difference' : `${count} questions with a small difference`,
    same: (count: number) => (count === 1 ? 'Agreed on one question' : `Agreed on ${count} questions`),
    sameText: 'Everyone gave the same answer here; it has been taken over already.',
    takeOverTitle: '3. Take over into the check',
    agreedSoFar: (count: number, items: number) => `${count} of ${items} questions have an answer you agreed on.`,
    takeOverText:
      'The answers you agreed on replace those in the check in this browser. You can add there what is still open.',
    takeOver: 'Take over into the check',
    discard: 'Delete the team round',
  },
});
