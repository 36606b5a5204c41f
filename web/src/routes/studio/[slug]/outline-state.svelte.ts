import { invalidateAll } from '$app/navigation';
import { outline } from '$lib/messages/outline';
import {
  NotSaved,
  sendEdit,
  type EditName,
  type EditResult,
  type LessonRow,
  type ModuleRow,
} from './outline-edits';

/** Something that was deleted and can come back. */
export interface Deleted {
  id: string;
  isModule: boolean;
  title: string;
}

interface Draft {
  id: string;
  /** Of the titles. */
  locale: string;
  modules: readonly ModuleRow[];
}

/**
 * The outline as it is shown. A change is shown at once and sent behind, one after the other; when one is refused, what is saved is
 * shown again and said why.
 */
export class OutlineState {
  modules = $state<ModuleRow[]>([]);
  /** The latest, offered to be undone. */
  deleted = $state<Deleted | null>(null);
  /** The lesson or module whose settings are open. */
  openId = $state<string | null>(null);
  saving = $state(0);
  saved = $state(false);
  problem = $state<string | null>(null);
  /** Read aloud. */
  announcement = $state('');

  private queue: Promise<unknown> = Promise.resolve();
  private readonly t = outline();

  constructor(private draft: Draft) {
    this.reset(draft);
  }

  /** Shows what is saved. */
  reset(draft: Draft): void {
    this.draft = draft;
    this.modules = draft.modules.map((module) => ({ ...module, lessons: [...module.lessons] }));
  }

  get lessons(): LessonRow[] {
    return this.modules.flatMap(({ lessons }) => lessons);
  }

  moduleOf(lessonId: string): ModuleRow | undefined {
    return this.modules.find(({ lessons }) => lessons.some(({ id }) => id === lessonId));
  }

  async addModule(title: string): Promise<string | undefined> {
    const { module } = await this.send('moduleCreate', {
      versionId: this.draft.id,
      title,
      locale: this.draft.locale,
    });
    if (module) this.modules.push({ ...module, title, lessons: [] });
    return module?.id;
  }

  async addLesson(moduleId: string, kind: string, title: string): Promise<string | undefined> {
    const { lesson } = await this.send('lessonCreate', { moduleId, kind, title, locale: this.draft.locale });
    if (lesson) this.module(moduleId)?.lessons.push({ ...lesson, title });
    return lesson?.id;
  }

  async duplicate(lesson: LessonRow): Promise<string | undefined> {
    const { lesson: copy } = await this.send('lessonDuplicate', { lessonId: lesson.id });
    const { lessons } = this.moduleOf(lesson.id) ?? {};
    if (copy && lessons) lessons.splice(lessons.findIndex(({ id }) => id === lesson.id) + 1, 0, copy);
    return copy?.id;
  }

  rename(row: LessonRow | ModuleRow, title: string): void {
    const trimmed = title.trim();
    if (!trimmed || trimmed === row.title) return;
    row.title = trimmed;
    const text = { locale: this.draft.locale, title: trimmed };
    if ('lessons' in row) void this.send('moduleUpdate', { moduleId: row.id, ...text });
    else void this.send('lessonUpdate', { lessonId: row.id, ...text });
  }

  setLesson(
    lesson: LessonRow,
    changes: Partial<Pick<LessonRow, 'required' | 'estimatedMinutes' | 'submission'>>,
  ): void {
    Object.assign(lesson, changes);
    void this.send('lessonSettingsUpdate', { lessonId: lesson.id, ...changes });
  }

  /** Where one step up or down leads: within the module, or over its edge into the next one. */
  stepOf(lessonId: string, by: 1 | -1): { moduleId: string; position: number } | null {
    const m = this.modules.findIndex(({ lessons }) => lessons.some(({ id }) => id === lessonId));
    const { id, lessons } = this.modules[m]!;
    const position = lessons.findIndex((lesson) => lesson.id === lessonId) + by;
    if (position >= 0 && position < lessons.length) return { moduleId: id, position };
    const next = this.modules[m + by];
    return next ? { moduleId: next.id, position: by === 1 ? 0 : next.lessons.length } : null;
  }

  moveLesson(lesson: LessonRow, to: { moduleId: string; position: number } | null): void {
    const from = this.moduleOf(lesson.id);
    const target = to && this.module(to.moduleId);
    if (!to || !from || !target) return;
    const [row] = from.lessons.splice(
      from.lessons.findIndex(({ id }) => id === lesson.id),
      1,
    );
    target.lessons.splice(to.position, 0, row!);
    this.tellLesson(lesson.id);
  }

  /** Saves where a lesson stands now. */
  tellLesson(lessonId: string): void {
    const module = this.moduleOf(lessonId);
    if (!module) return;
    const position = module.lessons.findIndex(({ id }) => id === lessonId);
    this.announcement = this.t.moved(module.lessons[position]!.title, position + 1, module.title);
    void this.send('lessonMove', { lessonId, moduleId: module.id, position });
  }

  moveModule(module: ModuleRow, by: 1 | -1): void {
    const from = this.modules.findIndex(({ id }) => id === module.id);
    if (!this.modules[from + by]) return;
    const [row] = this.modules.splice(from, 1);
    this.modules.splice(from + by, 0, row!);
    this.tellModule(module.id);
  }

  /** Saves where a module stands now. */
  tellModule(moduleId: string): void {
    const position = this.modules.findIndex(({ id }) => id === moduleId);
    this.announcement = this.t.moduleMoved(this.modules[position]!.title, position + 1);
    void this.send('moduleMove', { moduleId, position });
  }

  delete(row: LessonRow | ModuleRow): void {
    const isModule = 'lessons' in row;
    if (isModule) this.modules = this.modules.filter(({ id }) => id !== row.id);
    else {
      const module = this.moduleOf(row.id)!;
      module.lessons = module.lessons.filter(({ id }) => id !== row.id);
    }
    this.openId = null;
    this.deleted = { id: row.id, isModule, title: row.title };
    void this.send(
      isModule ? 'moduleDelete' : 'lessonDelete',
      isModule ? { moduleId: row.id } : { lessonId: row.id },
    );
  }

  /** Brings something back; what is saved then says where it stands. */
  async restore({ id, isModule, title }: Deleted): Promise<void> {
    if (this.deleted?.id === id) this.deleted = null;
    await this.send(
      isModule ? 'moduleRestore' : 'lessonRestore',
      isModule ? { moduleId: id } : { lessonId: id },
    );
    await invalidateAll();
    if (!this.problem) this.announcement = this.t.restored(title);
  }

  private module(moduleId: string): ModuleRow | undefined {
    return this.modules.find(({ id }) => id === moduleId);
  }

  private send(name: EditName, input: object): Promise<EditResult> {
    this.saving += 1;
    const sent = this.queue.then(async () => {
      try {
        const result = await sendEdit(name, input);
        this.problem = null;
        this.saved = true;
        return result;
      } catch (error) {
        this.problem = (error instanceof NotSaved ? error.sentence : null) ?? this.t.lost;
        this.saved = false;
        await invalidateAll();
        return {};
      } finally {
        this.saving -= 1;
      }
    });
    this.queue = sent;
    return sent;
  }
}
