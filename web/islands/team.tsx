import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Instrument } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import { Agreement } from '../check/agreement.tsx';
import { adapted, emptyDraft } from '../check/draft.ts';
import { keepDraft, readDraft } from '../check/kept-draft.ts';
import { SheetEntry, shortAnswer } from '../check/sheet-entry.tsx';
import {
  compare,
  emptyRound,
  forgetRound,
  type ItemComparison,
  keepRound,
  MAX_MEMBERS,
  MAX_NAME_LENGTH,
  parseTeamFile,
  readRound,
  type TeamFileParse,
  type TeamMember,
  type TeamRound,
  withAgreement,
  withMember,
  withMemberAnswer,
  withoutMember,
} from '../check/team.ts';
import { Button } from '../components/button.tsx';
import { Disclosure } from '../components/disclosure.tsx';
import { Notice } from '../components/notice.tsx';
import { Table } from '../components/table.tsx';
import { pathTo } from '../site-map.ts';
import { browserStore } from '../text-store.ts';
import { words } from '../words.ts';

type FileFault = Extract<TeamFileParse, { ok: false }>['reason'] | 'full';

/** A team round: collect drafts, see where they differ, agree on one answer each, go on with the check. */
export default function Team({ lang, instrument }: { lang: Lang; instrument: Instrument }) {
  const text = WORDS[lang];
  const { round, change, isKept, discard } = useRound(instrument);
  const [faults, setFaults] = useState<{ file: string; fault: FileFault }[]>([]);
  const [editing, setEditing] = useState<number | undefined>();
  const { members, agreed } = round;
  const comparisons = compare(instrument, members);
  const agreedCount = instrument.items.filter(({ id }) => agreed[id] !== undefined).length;

  const addFiles = async (files: FileList) => {
    const refused: { file: string; fault: FileFault }[] = [];
    let room = MAX_MEMBERS - members.length;
    for (const file of files) {
      const parsed = parseTeamFile(await file.text(), instrument);
      if (!parsed.ok) refused.push({ file: file.name, fault: parsed.reason });
      else if (room === 0) refused.push({ file: file.name, fault: 'full' });
      else {
        room -= 1;
        change((current) => withMember(current, instrument, parsed.member));
      }
    }
    setFaults(refused);
  };
  const addSheet = (name: string) => {
    setEditing(members.length);
    change((current) => withMember(current, instrument, { name, answers: {} }));
  };
  const takeOver = () => {
    const store = browserStore('localStorage');
    const kept = readDraft(store);
    // Without the time: it was spent in the round, not here.
    const { secondsAnswering: _, ...draft } =
      kept && !kept.sent ? adapted(kept, instrument).draft : emptyDraft(instrument);
    keepDraft(store, { ...draft, answers: agreed });
    location.assign(`${pathTo('check', lang)}#overview`);
  };

  return (
    <div class="check">
      <h2>{text.collect}</h2>
      <p>{text.collectText}</p>
      {isKept ? null : (
        <Notice kind="warning" isLive>
          <p>{text.notKept}</p>
        </Notice>
      )}
      {members.length > 0 ? (
        <ul class="members">
          {members.map((member, index) => (
            <li key={index} class="card">
              <p>
                <strong>{member.name}</strong>{' '}
                <span class="quiet">{text.answered(Object.keys(member.answers).length, instrument.items.length)}</span>
              </p>
              <p class="members__actions">
                <button
                  type="button"
                  class="text-button"
                  aria-expanded={editing === index}
                  onClick={() => setEditing(editing === index ? undefined : index)}
                >
                  {editing === index ? text.close : text.edit} <span class="visually-hidden">{member.name}</span>
                </button>
                <button
                  type="button"
                  class="text-button"
                  onClick={() => {
                    setEditing(undefined);
                    change((current) => withoutMember(current, instrument, index));
                  }}
                >
                  {text.remove} <span class="visually-hidden">{member.name}</span>
                </button>
              </p>
              {editing === index ? (
                <SheetEntry
                  lang={lang}
                  instrument={instrument}
                  name={`sheet-${index}`}
                  answers={member.answers}
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

      {members.length > 1 ? (
        <>
          <SideBySide
            lang={lang}
            instrument={instrument}
            comparisons={comparisons}
            round={round}
            onAgree={(item, answer) => change((current) => withAgreement(current, item, answer))}
          />
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

function SideBySide({
  lang,
  instrument,
  comparisons,
  round: { members, agreed },
  onAgree,
}: {
  lang: Lang;
  instrument: Instrument;
  comparisons: ItemComparison[];
  round: TeamRound;
  onAgree: (item: string, answer: TeamMember['answers'][string]) => void;
}) {
  const text = WORDS[lang];
  const list = (kinds: ItemComparison['kind'][]) =>
    comparisons
      .filter(({ kind }) => kinds.includes(kind))
      .map((comparison) => (
        <Agreement
          key={comparison.item.id}
          lang={lang}
          number={instrument.items.indexOf(comparison.item) + 1}
          comparison={comparison}
          members={members}
          agreed={agreed[comparison.item.id]}
          onAgree={(answer) => onAgree(comparison.item.id, answer)}
        />
      ));
  const [wide, near, same] = [list(['wide']), list(['near', 'open']), list(['same'])];
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
      <div class="card field">
        <label class="field__label" for="team-files">
          {text.files}
        </label>
        <p class="field__hint" id="team-files-hint">
          {text.filesHint}
        </p>
        <input
          id="team-files"
          type="file"
          multiple
          accept=".json,application/json"
          aria-describedby="team-files-hint"
          onChange={(event) => {
            const input = event.currentTarget;
            if (input.files) onFiles(input.files);
          }}
        />
      </div>
      <form
        class="card field"
        onSubmit={(event) => {
          event.preventDefault();
          onSheet(name.trim() || text.person(count + 1));
          setName('');
        }}
      >
        <label class="field__label" for="sheet-name">
          {text.sheet}
        </label>
        <p class="field__hint" id="sheet-name-hint">
          {text.sheetHint}
        </p>
        <input
          id="sheet-name"
          type="text"
          maxLength={MAX_NAME_LENGTH}
          autocomplete="off"
          aria-describedby="sheet-name-hint"
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <div class="buttons">
          <Button type="submit" kind="secondary">
            {text.addSheet}
          </Button>
        </div>
      </form>
    </div>
  );
}

/** The round of this browser, kept at every change. */
function useRound(instrument: Instrument) {
  const [state, setState] = useState({ round: emptyRound(instrument), isKept: true });
  const latest = useRef(state.round);
  useEffect(() => {
    latest.current = readRound(browserStore('localStorage'), instrument) ?? emptyRound(instrument);
    setState({ round: latest.current, isKept: true });
  }, [instrument]);
  const change = useCallback((next: (round: TeamRound) => TeamRound) => {
    latest.current = next(latest.current);
    const isKept = keepRound(browserStore('localStorage'), latest.current);
    setState({ round: latest.current, isKept });
  }, []);
  const discard = useCallback(() => {
    forgetRound(browserStore('localStorage'));
    latest.current = emptyRound(instrument);
    setState({ round: latest.current, isKept: true });
  }, [instrument]);
  return { ...state, change, discard };
}

const WORDS = words({
  de: {
    collect: '1. Entwürfe sammeln',
    collectText:
      'Alle antworten zuerst für sich, im Check oder auf dem Antwortbogen. Sammeln Sie die Entwürfe hier an einem Gerät, bis zu sechs. Sie bleiben in diesem Browser; gesendet wird davon nichts.',
    notKept: 'Dieser Browser hebt nichts auf. Lassen Sie den Tab offen, bis Sie fertig sind.',
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
    notKept: 'This browser keeps nothing. Leave the tab open until you are done.',
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
