// @ts-check
// What every page gets beyond HTML. Without it everything still works; it makes waiting and losing the line kinder.
(() => {
  /** @param {string} selector */
  const all = (selector) => document.querySelectorAll(selector);
  /** @param {EventTarget | null} target @param {string} selector */
  const closest = (target, selector) => (target instanceof Element ? target.closest(selector) : null);

  // The line is lost: say so, and keep what was typed by not sending it.
  const offline = document.getElementById('offline');
  const showLine = () => offline?.toggleAttribute('hidden', navigator.onLine);
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
    if (!navigator.onLine) {
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

  /** What to ask before a form with unanswered groups is sent. @param {HTMLFormElement} form */
  function gaps(form) {
    const text = form.dataset.gaps;
    const open = [...form.querySelectorAll('fieldset')].filter((group) => !group.querySelector(':checked'));
    return text && open.length > 0 ? text.replace('#', String(open.length)) : undefined;
  }

  // Answers are saved as they are chosen, one after the other: the one chosen last is the one that stays.
  for (const form of all('form[data-autosave]')) {
    if (!(form instanceof HTMLFormElement)) continue;
    let queue = Promise.resolve();
    /** @param {'saving' | 'saved' | 'failed' | 'refused'} state */
    const say = (state) => {
      const status = form.querySelector('[role="status"]');
      if (status instanceof HTMLElement) status.textContent = status.dataset[state] ?? '';
    };
    form.addEventListener('change', (event) => {
      const group = closest(event.target, 'fieldset');
      if (!group) return;
      say('saving');
      queue = queue.then(async () => {
        const body = new FormData();
        for (const input of group.querySelectorAll('input')) {
          if (input.type === 'hidden' || input.checked) body.append(input.name, input.value);
        }
        const headers = { accept: 'application/json', 'x-sveltekit-action': 'true' };
        const answer = await fetch(form.dataset.autosave ?? '', { method: 'POST', body, headers }).catch(
          () => null,
        );
        const result = await answer?.json().catch(() => null);
        // Refused is answered: another window handed the attempt in. Anything else may still go through with the form.
        const states = /** @type {const} */ ({ success: 'saved', failure: 'refused' });
        say(states[/** @type {keyof typeof states} */ (result?.type)] ?? 'failed');
      });
    });
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

  for (const input of all('input[name="timeZone"][type="hidden"]')) {
    if (input instanceof HTMLInputElement) input.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
  }
  addEventListener(
    'load',
    () => void navigator.serviceWorker?.register('/service-worker.js').catch(() => undefined),
  );
  performance.mark('interactive');
})();
