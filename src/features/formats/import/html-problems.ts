import { quoted, type FileReport, type ImportProblemCode, type Sentence } from './import-problems.js';

interface Kind {
  line: number;
  times: number;
  severity: 'error' | 'warning';
  code: ImportProblemCode;
  sentence: Sentence;
}

/** What an HTML text holds that is not understood: each kind once, at the line of the first, with how often. */
export class HtmlProblems {
  private readonly kinds = new Map<string, Kind>();

  constructor(private readonly report: FileReport) {}

  /** Reports all that was found. */
  tell(): void {
    for (const { line, times, severity, code, sentence } of this.kinds.values()) {
      const more =
        times === 1
          ? { en: '', fr: '' }
          : { en: ` (${times} times in this text)`, fr: ` (${times} fois dans ce texte)` };
      this.report[severity](code, line, { en: `${sentence.en}${more.en}`, fr: `${sentence.fr}${more.fr}` });
    }
    this.kinds.clear();
  }

  private add(name: string, kind: Omit<Kind, 'times'>): void {
    const known = this.kinds.get(name);
    if (known) known.times += 1;
    else this.kinds.set(name, { ...kind, times: 1 });
  }

  /** @param whole true when nothing that the author wrote is lost. */
  dropped(tag: string, line: number, why: Sentence, whole = false): void {
    const sentence = {
      en: `The element <${tag}> is left out: ${why.en}.`,
      fr: `L’élément <${tag}> est laissé de côté : ${why.fr}.`,
    };
    this.add(tag, { line, severity: whole ? 'warning' : 'error', code: 'HTML', sentence });
  }

  unknown(tag: string, line: number): void {
    const sentence = {
      en: `The element <${quotedTag(tag)}> is not known; its text is kept as plain text.`,
      fr: `L’élément <${quotedTag(tag)}> n’est pas connu ; son texte est gardé comme texte simple.`,
    };
    this.add(`unknown ${tag}`, { line, severity: 'warning', code: 'HTML', sentence });
  }

  table(line: number): void {
    const sentence = {
      en: 'A table is kept as a list with one item for each row, each cell after the name of its column. Read it again.',
      fr: 'Un tableau est gardé comme une liste, un élément par ligne, chaque cellule précédée du nom de sa colonne. Relisez-le.',
    };
    this.add('table', { line, severity: 'warning', code: 'TABLE', sentence });
  }

  tooDeep(line: number): void {
    const sentence = {
      en: 'Lists, quotes or tables are nested too deeply; the innermost are kept without their indent.',
      fr: 'Des listes, citations ou tableaux sont trop imbriqués ; les plus profonds sont gardés sans leur retrait.',
    };
    this.add('depth', { line, severity: 'warning', code: 'BLOCK_UNKNOWN', sentence });
  }

  struck(tag: string, line: number): void {
    const sentence = {
      en: 'Struck-through text is kept as plain text; remove what is no longer valid.',
      fr: 'Le texte barré est gardé comme texte simple ; supprimez ce qui n’est plus valable.',
    };
    this.add(tag, { line, severity: 'warning', code: 'STRIKETHROUGH', sentence });
  }

  shift(tag: 'sup' | 'sub', line: number): void {
    const sentence =
      tag === 'sup'
        ? {
            en: 'Raised text (<sup>) is kept on the line; check that it is still understood.',
            fr: 'Un texte en exposant (<sup>) est gardé sur la ligne ; vérifiez qu’on le comprend encore.',
          }
        : {
            en: 'Lowered text (<sub>) is kept on the line; check that it is still understood.',
            fr: 'Un texte en indice (<sub>) est gardé sur la ligne ; vérifiez qu’on le comprend encore.',
          };
    this.add(tag, { line, severity: 'warning', code: 'HTML', sentence });
  }

  link(href: string, line: number, refused: Sentence | undefined): void {
    const target = quoted(href);
    const sentence = {
      en: `The link to ${target} is dropped, its text stays: ${refused?.en ?? 'it is neither an absolute https://, http:// or mailto: address nor one of the files'}.`,
      fr: `Le lien vers ${target} est retiré, son texte reste : ${refused?.fr ?? 'ce n’est ni une adresse complète https://, http:// ou mailto:, ni un des fichiers'}.`,
    };
    this.add('link', { line, severity: 'warning', code: 'LINK_REFUSED', sentence });
  }

  /** Pictures are told one by one: each has to be added by hand. */
  image(src: string, alt: string, line: number, refused: Sentence | undefined): void {
    const name = quoted(src.startsWith('data:') ? alt || 'data:' : src);
    const sentence = {
      en: `The picture ${name} is left out: ${refused?.en ?? 'it is not among the files'}.`,
      fr: `L’image ${name} est laissée de côté : ${refused?.fr ?? 'elle ne se trouve pas parmi les fichiers'}.`,
    };
    this.add(`image ${name}`, { line, severity: 'error', code: 'IMAGE', sentence });
  }

  linked(tag: string, address: string, line: number): void {
    const sentence = {
      en: `<${tag}> of ${quoted(address)} is kept as a link: this site cannot be shown inside a lesson.`,
      fr: `<${tag}> de ${quoted(address)} est gardé comme lien : ce site ne peut pas être affiché dans une leçon.`,
    };
    this.add(`linked ${tag}`, { line, severity: 'warning', code: 'HTML', sentence });
  }

  media(tag: string, address: string, line: number): void {
    const named =
      address === '' ? { en: '', fr: '' } : { en: ` of ${quoted(address)}`, fr: ` de ${quoted(address)}` };
    const sentence = {
      en: `<${tag}>${named.en} is left out: it is neither among the files nor on a site that may be shown.`,
      fr: `<${tag}>${named.fr} est laissé de côté : il ne se trouve ni parmi les fichiers, ni sur un site qui peut être affiché.`,
    };
    this.add(`media ${tag} ${address}`, { line, severity: 'error', code: 'HTML', sentence });
  }
}

function quotedTag(tag: string): string {
  return tag.length > 40 ? `${tag.slice(0, 39)}…` : tag;
}
