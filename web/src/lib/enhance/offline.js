// @ts-check
// What a signed-in person's pages get for learning without a connection. Without it they work as they do with one.
(() => {
  const person = document.currentScript?.dataset.person ?? '';
  const workers = navigator.serviceWorker;
  if (!workers || !('caches' in self)) return;

  /** @typedef {{ lessonId?: string, enrollmentId?: string, minutes?: number, questionId?: string, refusal?: string }} Work */

  /**
   * Asks the service worker. @param {'standing' | 'send' | 'forget' | 'dismiss'} ask
   * @returns {Promise<Work[]>} what this person did on this device and the server does not have yet
   */
  const asked = async (ask) => {
    const active = (await workers.getRegistration())?.active;
    // A browser that keeps nothing has nothing waiting.
    if (!active) return [];
    return new Promise((resolve) => {
      setTimeout(() => resolve([]), 20_000);
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => resolve(data);
      active.postMessage({ ask, person }, [port2]);
    });
  };

  /** @param {Element | null} parent @param {string} selector @returns {HTMLElement | null} */
  const within = (parent, selector) => parent?.querySelector(selector) ?? null;
  /** @param {HTMLElement | null} element @param {boolean} isShown */
  const show = (element, isShown) => element?.toggleAttribute('hidden', !isShown);
  /** @param {HTMLElement | null} element @param {string} text */
  const write = (element, text) => {
    if (element && element.textContent !== text) element.textContent = text;
  };
  const language = document.documentElement.lang;

  /** @param {Work[]} works */
  const showStanding = (works) => {
    const waiting = works.filter(({ refusal }) => !refusal);
    const refusals = works.flatMap(({ refusal }) => refusal ?? []);
    const outbox = document.getElementById('outbox');
    const lessons = waiting.filter(({ lessonId }) => lessonId);
    /** @param {string} kind @param {number} number */
    const sentence = (kind, number) => {
      const form = new Intl.PluralRules(language).select(number);
      const text = outbox?.getAttribute(`data-${kind}${form}`) ?? '';
      return number > 0 ? text.replace('#', new Intl.NumberFormat(language).format(number)) : '';
    };
    const sentences = [sentence('', lessons.length), sentence('answers-', waiting.length - lessons.length)];
    write(within(outbox, '[data-text]'), sentences.filter(Boolean).join(' '));
    show(outbox, waiting.length > 0);
    const refused = document.getElementById('outbox-refused');
    write(within(refused, '[data-text]'), refusals.join(' '));
    show(refused, refusals.length > 0);
    const ids = new Set(lessons.map(({ lessonId }) => lessonId));
    for (const mark of document.querySelectorAll('[data-waits]')) {
      if (mark instanceof HTMLElement) show(mark, ids.has(mark.dataset.waits ?? ''));
    }
    countDone(works);
    const lesson = document.querySelector('form[data-lesson]');
    if (!(lesson instanceof HTMLFormElement)) return;
    const isDone = ids.has(lesson.dataset.lesson ?? '');
    show(lesson, !isDone);
    show(within(document.body, '[data-done-here]'), isDone);
  };

  /** "1 h 48 min", as the pages say it. @param {number} count */
  const inMinutes = (count) =>
    [
      ['hour', Math.floor(count / 60)],
      ['minute', count % 60],
    ]
      .filter(([unit, value]) => value || (unit === 'minute' && count === 0))
      .map(([unit, value]) =>
        new Intl.NumberFormat(language, { style: 'unit', unit: String(unit), unitDisplay: 'short' }).format(
          Number(value),
        ),
      )
      .join(' ');

  /** Lessons done on this device since the page was made, whether they wait or have been sent. @type {Map<string, Work>} */
  const doneSince = new Map();

  /** A page that is older than what was done counts it, and its "continue" leads past it. @param {Work[]} works */
  function countDone(works) {
    for (const work of works) {
      if (work.lessonId && work.refusal) doneSince.delete(work.lessonId);
      else if (work.lessonId) doneSince.set(work.lessonId, work);
    }
    const rows = [...document.querySelectorAll('ol.modules li li')];
    const idOf = (/** @type {Element} */ row) => within(row, '[data-waits]')?.dataset.waits ?? '';
    const next = rows.find((row) => !row.matches('.done') && !doneSince.has(idOf(row)));
    const address = next?.querySelector('a')?.getAttribute('href');
    if (address && rows.some((row) => doneSince.has(idOf(row)))) {
      for (const row of rows) row.classList.toggle('next', row === next);
      document.querySelector('[data-continue]')?.setAttribute('href', address);
    }
    const known = new Set(rows.filter((row) => row.matches('.done')).map(idOf));
    for (const part of document.querySelectorAll('[data-progress]')) {
      if (!(part instanceof HTMLElement)) continue;
      const own = [...doneSince.values()].filter(
        ({ lessonId, enrollmentId, minutes }) =>
          enrollmentId === part.dataset.progress && minutes && !known.has(lessonId ?? ''),
      );
      if (own.length === 0 && !part.dataset.counted) continue;
      part.dataset.counted = 'true';
      const { done = '', of = '', minutes = '' } = part.dataset;
      const sum = Math.min(Number(of), Number(done) + own.length);
      const left = own.reduce((rest, work) => rest - (work.minutes ?? 0), Number(minutes));
      const text =
        sum === Number(of)
          ? part.dataset.all
          : part.dataset.left?.replace('#done', String(sum)).replace('#left', inMinutes(Math.max(1, left)));
      within(part, '.track')?.setAttribute('aria-label', text ?? '');
      write(within(part, 'p'), text ?? '');
      part.querySelectorAll('.step').forEach((step, at) => {
        step.classList.toggle('since', at >= Number(done) && at < sum);
      });
      const bar = within(part, '.bar');
      const more = within(bar, '.since') ?? bar?.appendChild(document.createElement('span'));
      more?.setAttribute('class', 'since');
      if (more) more.style.inlineSize = `${(100 * (sum - Number(done))) / Number(of)}%`;
    }
  }

  /** @param {string} address */
  const fetched = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok || answer.redirected) throw new Error(`${address}: ${answer.status}`);
    // Signed in as another person meanwhile: nothing of theirs is kept under this name.
    const whose = answer.headers.get('x-tremplin-person');
    if (whose && whose !== person) throw new Error('Another person.');
    return answer;
  };
  /**
   * Keeps a page. An update of the product takes its old program files away: those of this page stay with it.
   * @param {Cache} cache @param {string} address
   */
  const keepPage = async (cache, address) => {
    const answer = await fetched(address);
    const html = await answer.clone().text();
    for (const [part] of html.matchAll(/\/_app\/immutable\/[^"')\s]+\.(?:css|js)/g)) {
      if (!(await cache.match(part))) await cache.put(part, await fetched(part));
    }
    await cache.put(address, answer);
  };

  // What is due changes from day to day: with a line, what is kept of it is brought up to date.
  const PRACTICE = '/learning/practice/kept';
  const renewPractice = async () => {
    for (const name of await caches.keys()) {
      if (!name.startsWith(`kept:${person}:`)) continue;
      const cache = await caches.open(name);
      if (await cache.match(PRACTICE)) await keepPage(cache, PRACTICE).catch(() => undefined);
    }
  };

  const refresh = () => void asked('standing').then(showStanding);
  const send = () => void asked('send').then(showStanding);
  workers.addEventListener('message', refresh);
  addEventListener('online', send);
  addEventListener('online', () => void renewPractice());
  addEventListener('pageshow', refresh);
  send();
  // Where the browser does not notice that the line is back, or does not wake a page.
  setInterval(() => {
    if (document.getElementById('outbox')?.hidden === false) send();
  }, 20_000);
  within(document.body, '[data-dismiss]')?.addEventListener(
    'click',
    () => void asked('dismiss').then(showStanding),
  );

  // Signing out leaves nothing of the person on the device; what the server does not have yet is asked about.
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.getAttribute('action') !== '/sign-out') return;
    if (!navigator.onLine) return;
    event.preventDefault();
    void asked('send').then(async (works) => {
      showStanding(works);
      const waiting = works.filter(({ refusal }) => !refusal).length;
      const question = form.dataset.losing?.replace('#', String(waiting)) ?? '';
      if (waiting > 0 && !confirm(question)) return;
      await asked('forget');
      for (const name of await caches.keys()) if (name.startsWith('kept:')) await caches.delete(name);
      form.submit();
    });
  });

  /**
   * A course to keep: its pages, their files and what shows them.
   * @param {HTMLElement} part
   */
  const keeping = async (part) => {
    const cacheName = `kept:${person}:${part.dataset.keep}`;
    const [start, progress] = [within(part, '[data-keep-start]'), part.querySelector('progress')];
    const [state, drop] = [within(part, '[data-state]'), within(part, '[data-keep-drop]')];
    /** @type {{ tag: string, size: string, videos: number, pages: string[], files: string[] } | null} */
    const list = await fetch(part.dataset.list ?? '')
      .then((answer) => (answer.ok ? answer.json() : null))
      .catch(() => null);
    /** @returns {Promise<string | undefined>} */
    const keptTag = async () => {
      if (!(await caches.has(cacheName))) return undefined;
      const mark = await (await caches.open(cacheName)).match('/kept/tag');
      return mark?.text();
    };

    /** @param {string} text */
    const say = (text) => {
      write(state, text);
      show(state, text !== '');
    };
    const look = async () => {
      const tag = await keptTag();
      const isOld = list !== null && tag !== undefined && tag !== list.tag;
      const offer = (isOld ? part.dataset.renew : part.dataset.offer) ?? '';
      write(within(start, '[data-text]'), offer.replace('#', list?.size ?? ''));
      show(start, list !== null && (tag === undefined || isOld));
      show(within(part, '[data-videos]'), (list?.videos ?? 0) > 0);
      show(drop, tag !== undefined);
      say((tag === undefined ? '' : isOld ? part.dataset.changed : part.dataset.kept) ?? '');
      show(part, list !== null || tag !== undefined);
    };

    const keep = async () => {
      if (!list || start?.ariaDisabled === 'true') return;
      start?.setAttribute('aria-disabled', 'true');
      await navigator.storage?.persist?.().catch(() => false);
      const cache = await caches.open(cacheName);
      let done = 0;
      const step = () => {
        done += 1;
        if (progress) progress.value = done / (list.pages.length + list.files.length);
      };
      say(part.dataset.keeping ?? '');
      if (progress) progress.hidden = false;
      try {
        for (const address of list.pages) {
          await keepPage(cache, address);
          step();
        }
        for (const address of list.files) {
          const key = address.replace(/^(\/files\/[0-9a-f]{64}).*/, '/kept$1');
          if (!(await cache.match(key))) await cache.put(key, await fetched(address));
          step();
        }
        await cache.put('/kept/tag', new Response(list.tag));
        await look();
      } catch (error) {
        const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
        say((isFull ? part.dataset.full : part.dataset.broken) ?? '');
      }
      if (progress) progress.hidden = true;
      start?.removeAttribute('aria-disabled');
    };
    start?.addEventListener('click', () => void keep());
    drop?.addEventListener('click', () => void caches.delete(cacheName).then(look));
    await look();
  };
  for (const part of document.querySelectorAll('[data-keep]')) {
    if (part instanceof HTMLElement) void keeping(part);
  }

  // Questions to go over without a line, one at a time: judged here, and sent like everything else.
  const practice = within(document.body, '[data-practice]');
  const DAY = new Intl.DateTimeFormat('sv-SE').format(new Date());
  const nextCard = async () => {
    const answered = new Set((await asked('standing')).map(({ questionId }) => questionId));
    const cards = [...(practice?.querySelectorAll('[data-card]') ?? [])];
    const next = cards.find(
      (card) =>
        card instanceof HTMLElement &&
        !card.dataset.answered &&
        !answered.has(card.dataset.card ?? '') &&
        (card.dataset.due ?? '') <= DAY,
    );
    for (const card of cards) card.toggleAttribute('hidden', card !== next);
    show(within(practice, '[data-practice-done]'), !next);
    within(next ?? null, 'legend')?.scrollIntoView({ block: 'center' });
  };
  practice?.addEventListener('submit', (event) => {
    const form = event.target;
    const card = form instanceof HTMLFormElement ? form.closest('[data-card]') : null;
    if (!(form instanceof HTMLFormElement) || !(card instanceof HTMLElement)) return;
    event.preventDefault();
    delete form.dataset.busy;
    const isUnknown = event.submitter?.getAttribute('name') === 'unknown';
    const given = isUnknown ? { optionIds: [], text: null, pairs: [] } : answerOf(form);
    const isEmpty = given.optionIds.length === 0 && !given.text && given.pairs.length === 0;
    show(within(form, '[data-missing]'), isEmpty && !isUnknown);
    if (isEmpty && !isUnknown) return;
    const key = JSON.parse(card.dataset.key ?? '{}');
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      card.dataset.answered = 'true';
      form.querySelector('fieldset')?.setAttribute('disabled', '');
      show(within(form, '[data-buttons]'), false);
      show(within(card, '[data-solution]'), true);
      show(within(card, data ? '[data-right]' : '[data-wrong]'), true);
      within(card, '[data-solution]')?.focus();
    };
    const questionId = card.dataset.card;
    void workers.ready.then(({ active }) =>
      active?.postMessage(
        { ask: 'judge', person, key, given: { ...given, questionId, questionVersionId: key.versionId } },
        [port2],
      ),
    );
  });
  practice?.addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('[data-next]')) void nextCard();
  });

  /** The answer in the fields of a question, as the API takes it. @param {HTMLFormElement} form */
  function answerOf(form) {
    const fields = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
    /** @param {string} prefix */
    const filled = (prefix) => fields.filter(([name = '', value]) => name.startsWith(prefix) && value);
    /** The option that a field is of: its name ends with its id, after that of the question. @param {string} name */
    const optionOf = (name) => name.slice(name.indexOf('-', name.indexOf('-') + 1 + 36) + 1);
    const places = filled('place-').sort(([, one], [, other]) => Number(one) - Number(other));
    return {
      optionIds: [
        ...filled('choice-').map(([, value]) => value),
        ...places.map(([name = '']) => optionOf(name)),
      ],
      text: filled('text-')[0]?.[1] ?? null,
      pairs: filled('match-').map(([name = '', matchId]) => ({ optionId: optionOf(name), matchId })),
    };
  }
  if (practice) void nextCard();
  else if (location.pathname.startsWith('/learning')) void renewPractice();
})();
