// @ts-check
// What every page gets beyond HTML. Without it everything still works; it makes waiting and losing the line kinder.
(() => {
  /** @param {string} selector */
  const all = (selector) => document.querySelectorAll(selector);
  /** @param {EventTarget | null} target @param {string} selector */
  const closest = (target, selector) => (target instanceof Element ? target.closest(selector) : null);

  // The line is lost: say so, and keep what was typed by not sending it.
  const offline = document.getElementById('offline');
  const showLine = () => {
    offline?.toggleAttribute('hidden', navigator.onLine);
    for (const told of all('[data-without-line]')) told.toggleAttribute('hidden', navigator.onLine);
  };
  addEventListener('online', showLine);
  addEventListener('offline', showLine);
  showLine();

  // Asked first of all, before a hydrated page sends the form by itself.
  const ask = (/** @type {SubmitEvent} */ event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    const question = event.submitter?.dataset.confirm ?? form.dataset.confirm ?? gaps(form);
    if (!question || confirm(question)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener('submit', ask, { capture: true });

  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || event.defaultPrevented || form.method !== 'post') return;
    // What the service worker keeps and sends later needs no line.
    const isKept = form.hasAttribute('data-offline') && navigator.serviceWorker?.controller;
    if (!navigator.onLine && !isKept) {
      event.preventDefault();
      offline?.removeAttribute('hidden');
      offline?.scrollIntoView({ block: 'center' });
      return;
    }
    // A second tap while the first is on its way.
    if (form.dataset.busy) return event.preventDefault();
    form.dataset.busy = 'true';
  });
  // Back from the next page: what was sent may be sent again.
  addEventListener('pageshow', () => {
    for (const form of all('form[data-busy]')) form.removeAttribute('data-busy');
  });

  /** Whether a group of fields holds an answer. @param {Element} group */
  const isAnswered = (group) =>
    [...group.querySelectorAll('input, select')].some((field) =>
      field instanceof HTMLInputElement && field.type !== 'text'
        ? field.checked
        : /** @type {HTMLInputElement | HTMLSelectElement} */ (field).value.trim() !== '',
    );

  /** What to ask before a form with unanswered groups is sent. @param {HTMLFormElement} form */
  function gaps(form) {
    const text = form.dataset.timeUp ? undefined : form.dataset.gaps;
    const open = [...form.querySelectorAll('fieldset')].filter((group) => !isAnswered(group));
    return text && open.length > 0 ? text.replace('#', String(open.length)) : undefined;
  }

  // Answers are saved as they are given, one after the other: the one given last is the one that stays. Typing is saved when it
  // pauses, so that nothing is lost to a time limit or an empty battery.
  for (const form of all('form[data-autosave]')) {
    if (!(form instanceof HTMLFormElement)) continue;
    let queue = Promise.resolve();
    /** @type {Map<Element, ReturnType<typeof setTimeout>>} */
    const typing = new Map();
    /** @param {'saving' | 'saved' | 'failed' | 'refused'} state */
    const say = (state) => {
      const status = form.querySelector('[role="status"]');
      if (status instanceof HTMLElement) status.textContent = status.dataset[state] ?? '';
    };
    /** @param {Element} group */
    const save = (group) => {
      clearTimeout(typing.get(group));
      typing.delete(group);
      // An order is saved once every item has its place: half of one would be another order.
      const places = [...group.querySelectorAll('select[name^="place-"]')];
      const values = new Set(places.map((place) => place instanceof HTMLSelectElement && place.value));
      if (places.length > 0 && (values.has('') || values.size < places.length)) return;
      say('saving');
      queue = queue.then(async () => {
        const body = new FormData();
        for (const field of group.querySelectorAll('input, select')) {
          const { name, value } = /** @type {HTMLInputElement | HTMLSelectElement} */ (field);
          if (!(field instanceof HTMLInputElement) || !/radio|checkbox/.test(field.type) || field.checked)
            body.append(name, value);
        }
        const headers = { accept: 'application/json', 'x-sveltekit-action': 'true' };
        const answer = await fetch(form.dataset.autosave ?? '', { method: 'POST', body, headers }).catch(
          () => null,
        );
        const result = await answer?.json().catch(() => null);
        // A conflict: another window handed the attempt in. Anything else may still go through with the form.
        say(result?.type === 'success' ? 'saved' : result?.status === 409 ? 'refused' : 'failed');
      });
    };
    form.addEventListener('change', (event) => {
      const group = closest(event.target, 'fieldset');
      if (group) save(group);
    });
    form.addEventListener('input', (event) => {
      const group = closest(event.target, 'fieldset');
      if (!group || !(event.target instanceof HTMLInputElement) || event.target.type !== 'text') return;
      clearTimeout(typing.get(group));
      typing.set(
        group,
        setTimeout(() => save(group), 800),
      );
    });
  }

  // The time left, counted from what the server said when it made the page: the clock of the phone may be wrong. Just before the
  // end all that is filled in is handed in.
  for (const shown of all('[data-countdown]')) {
    if (!(shown instanceof HTMLElement)) continue;
    const left = () => Number(shown.dataset.countdown) - performance.now();
    const status = document.querySelector('[data-countdown-status]');
    const two = (/** @type {number} */ value) => String(value).padStart(2, '0');
    const tick = setInterval(() => {
      const seconds = Math.max(0, Math.floor(left() / 1000));
      const hours = Math.floor(seconds / 3600);
      const clock = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
      shown.textContent = hours > 0 ? `${hours}:${clock}` : clock;
      if (seconds <= 60 && status && !status.textContent) status.textContent = shown.dataset.warn ?? '';
      if (left() > 2000) return;
      clearInterval(tick);
      const form = document.querySelector('form[data-autosave]');
      if (!(form instanceof HTMLFormElement)) return;
      form.dataset.timeUp = 'true';
      form.requestSubmit();
    }, 1000);
  }

  // Buttons that only work with a script are shown by it.
  for (const button of all('button[data-copy], button[data-print]')) button.removeAttribute('hidden');
  document.addEventListener('click', (event) => {
    const copy = closest(event.target, '[data-copy]');
    if (copy instanceof HTMLElement) {
      void navigator.clipboard.writeText(copy.dataset.copy ?? '').then(() => {
        copy.textContent = copy.dataset.copied ?? copy.textContent;
      });
    }
    if (closest(event.target, '[data-print]')) print();
  });

  // Something of another site takes the place of its link, once asked for; it may run there, and not reach this page.
  document.addEventListener('click', (event) => {
    const link = closest(event.target, 'a[data-embed]');
    const newTab = event.ctrlKey || event.metaKey || event.shiftKey;
    if (!(link instanceof HTMLAnchorElement) || newTab) return;
    event.preventDefault();
    const frame = document.createElement('iframe');
    frame.title = link.textContent ?? '';
    frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-popups allow-presentation');
    frame.allow = 'fullscreen; encrypted-media';
    frame.referrerPolicy = 'strict-origin-when-cross-origin';
    frame.src = link.dataset.embed ?? '';
    link.replaceWith(frame);
    frame.focus();
  });

  // What is too large is said before it is sent over a slow line.
  for (const input of all('input[data-most-bytes]')) {
    if (!(input instanceof HTMLInputElement)) continue;
    input.addEventListener('change', () => {
      const files = [...(input.files ?? [])];
      const large = files.find(({ size }) => size > Number(input.dataset.mostBytes));
      const isMuch = files.reduce((sum, { size }) => sum + size, 0) > 24e6;
      const problem = large
        ? input.dataset.tooLarge?.replace('#', large.name)
        : isMuch && input.dataset.tooMuch;
      input.setCustomValidity(problem || '');
      input.reportValidity();
    });
  }

  for (const input of all('input[name="timeZone"][type="hidden"]')) {
    if (input instanceof HTMLInputElement) input.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
  }
  addEventListener(
    'load',
    () => void navigator.serviceWorker?.register('/service-worker.js').catch(() => undefined),
  );
  performance.mark('interactive');
})();
