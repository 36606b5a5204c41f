// @ts-check
// What the page of a package does beyond HTML: opens it in its frame, fills the screen with it, and shows what was recorded of it.
(() => {
  const { dataset } = document.documentElement;
  // A page that is navigated within may bring it twice.
  if (dataset.packageFrames) return;
  dataset.packageFrames = 'true';

  /** How long a package may take to answer at all, in milliseconds. */
  const PATIENCE = 20_000;
  const FULL = 'fills-screen';

  /** @param {ParentNode} place @param {string} name */
  const part = (place, name) =>
    /** @type {HTMLElement | null} */ (place.querySelector(`[data-package-${name}]`));
  /** @param {Element} place @param {string} text */
  const say = (place, text) => {
    const status = part(place, 'status');
    if (!status) return;
    status.textContent = text;
    status.hidden = text === '';
  };

  /** @param {HTMLElement} place */
  function open(place) {
    place.querySelector('iframe')?.remove();
    const frame = document.createElement('iframe');
    frame.title = place.dataset.title ?? '';
    // Its origin is not this page's: it may act as itself, and may not leave its frame.
    frame.setAttribute('sandbox', place.dataset.sandbox ?? '');
    frame.allow = 'fullscreen; autoplay';
    frame.src = place.dataset.address ?? '';
    place.append(frame);
    place.dataset.open = 'true';
    say(place, '');
    part(place, 'again')?.removeAttribute('hidden');
    part(place, 'full')?.removeAttribute('hidden');
    part(place, 'open')?.setAttribute('hidden', '');
    frame.focus();
    frame.scrollIntoView({ block: 'nearest' });
    setTimeout(() => {
      if (frame.isConnected && !frame.dataset.heard) say(place, place.dataset.unreachable ?? '');
    }, PATIENCE);
  }

  /** @param {HTMLElement} place @param {boolean} isFull */
  function showFull(place, isFull) {
    place.classList.toggle(FULL, isFull);
    const button = part(place, 'full');
    if (button) button.textContent = (isFull ? button.dataset.leave : button.dataset.enter) ?? '';
  }

  /** @param {HTMLElement} place */
  function toggleFull(place) {
    if (!place.classList.contains(FULL)) {
      showFull(place, true);
      // Where a page may not fill the screen, it fills the window.
      void place.requestFullscreen?.().catch(() => undefined);
    } else {
      showFull(place, false);
      if (document.fullscreenElement) void document.exitFullscreen();
    }
  }

  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    const place = button?.closest('[data-package]');
    if (!button || !(place instanceof HTMLElement)) return;
    if (button.matches('[data-package-open], [data-package-again]')) open(place);
    else if (button.matches('[data-package-full]')) toggleFull(place);
  });
  document.addEventListener('fullscreenchange', () => {
    if (document.fullscreenElement) return;
    for (const place of document.querySelectorAll(`.${FULL}`))
      showFull(/** @type {HTMLElement} */ (place), false);
  });
  document.addEventListener('keydown', ({ key }) => {
    const place = document.querySelector(`.${FULL}`);
    if (key === 'Escape' && place instanceof HTMLElement) toggleFull(place);
  });

  /** What the page says of the learner's standing is asked of the server anew: a package may say anything. */
  async function refresh() {
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok) return;
    // Without its styles, which this page has, and whose nonce it does not know.
    const html = (await answer.text()).replace(/<style[\s\S]*?<\/style>/g, '');
    const fresh = new DOMParser().parseFromString(html, 'text/html');
    for (const old of document.querySelectorAll('[data-package-live]')) {
      const next = fresh.querySelector(
        `[data-package-live="${/** @type {HTMLElement} */ (old).dataset.packageLive}"]`,
      );
      if (next && next.innerHTML !== old.innerHTML) old.innerHTML = next.innerHTML;
    }
  }

  let last = '';
  addEventListener('message', ({ source, origin, data }) => {
    const message = data?.tremplinPackage;
    if (typeof message !== 'object' || message === null) return;
    for (const frame of document.querySelectorAll('iframe')) {
      const place = frame.closest('[data-package]');
      if (!(place instanceof HTMLElement) || frame.contentWindow !== source) continue;
      if (new URL(frame.src).origin !== origin) continue;
      frame.dataset.heard = 'true';
      say(place, message.kind === 'refused' ? String(message.text).slice(0, 500) : '');
      const now = `${message.status} ${message.scorePercent}`;
      if (message.kind !== 'saved' || now === last) continue;
      last = now;
      void refresh();
    }
  });
})();

export {};
