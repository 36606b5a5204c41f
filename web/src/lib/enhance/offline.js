// @ts-check
// What a signed-in person's pages get for learning without a connection. Without it they work as they do with one.
(() => {
  const person = document.currentScript?.dataset.person ?? '';
  const workers = navigator.serviceWorker;
  if (!workers || !('caches' in self)) return;

  /** @typedef {{ lessonId: string, refusal?: string }} Work */

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
    const form = new Intl.PluralRules(language).select(waiting.length);
    const count = new Intl.NumberFormat(language).format(waiting.length);
    write(within(outbox, '[data-text]'), (outbox?.dataset[form] ?? '').replace('#', count));
    show(outbox, waiting.length > 0);
    const refused = document.getElementById('outbox-refused');
    write(within(refused, '[data-text]'), refusals.join(' '));
    show(refused, refusals.length > 0);
    const ids = new Set(waiting.map(({ lessonId }) => lessonId));
    for (const mark of document.querySelectorAll('[data-waits]')) {
      if (mark instanceof HTMLElement) show(mark, ids.has(mark.dataset.waits ?? ''));
    }
    const lesson = document.querySelector('form[data-lesson]');
    if (!(lesson instanceof HTMLFormElement)) return;
    const isDone = ids.has(lesson.dataset.lesson ?? '');
    show(lesson, !isDone);
    show(within(document.body, '[data-done-here]'), isDone);
  };

  const refresh = () => void asked('standing').then(showStanding);
  const send = () => void asked('send').then(showStanding);
  workers.addEventListener('message', refresh);
  addEventListener('online', send);
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

    /** @param {string} address */
    const fetched = async (address) => {
      const answer = await fetch(address);
      if (!answer.ok || answer.redirected) throw new Error(`${address}: ${answer.status}`);
      return answer;
    };
    const keep = async () => {
      if (!list || start?.ariaDisabled === 'true') return;
      start?.setAttribute('aria-disabled', 'true');
      await navigator.storage?.persist?.().catch(() => false);
      const cache = await caches.open(cacheName);
      /** @type {Set<string>} */
      const parts = new Set();
      let done = 0;
      const step = () => {
        done += 1;
        if (progress) progress.value = done / (list.pages.length + list.files.length);
      };
      say(part.dataset.keeping ?? '');
      if (progress) progress.hidden = false;
      try {
        for (const address of list.pages) {
          const answer = await fetched(address);
          // Signed in as another person meanwhile: nothing of theirs is kept under this name.
          if (answer.headers.get('x-tremplin-person') !== person) throw new Error('Another person.');
          const html = await answer.clone().text();
          for (const [part] of html.matchAll(/\/_app\/immutable\/[^"')\s]+\.(?:css|js)/g)) parts.add(part);
          await cache.put(address, answer);
          step();
        }
        // An update of the product takes its old program files away: those of these pages stay with them.
        for (const address of parts) {
          if (!(await cache.match(address))) await cache.put(address, await fetched(address));
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
})();
