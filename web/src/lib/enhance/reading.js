// @ts-check
// What a lesson's page gets: the place in it is kept, and found again on any device; pictures that wait are shown when they are
// tapped. Without it everything can be read.
(() => {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[data-picture]') : null;
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const picture = new Image();
    picture.src = link.href;
    picture.alt = link.dataset.picture ?? '';
    link.replaceWith(picture);
  });

  const text = document.querySelector('.prose[data-save]');
  if (!(text instanceof HTMLElement)) return;
  const { save = '', enrollment = '', lesson = '' } = text.dataset;
  const blocks = [...text.children];

  // Back to where any device was last.
  const goOn = document.querySelector('[data-go-on]');
  const resume = () => {
    const block = blocks[Number(text.dataset.block)];
    if (!block) return;
    const video = block.querySelector('video');
    const second = Number(text.dataset.second ?? 0);
    if (video && second > 0) {
      // Asked for already, by going on; the film itself still waits for its button.
      video.addEventListener('loadedmetadata', () => (video.currentTime = second), { once: true });
      video.preload = 'metadata';
    }
    // At once: on its way through a long text, a scroll is stopped by whatever else happens to the page.
    block.scrollIntoView({ block: 'start', behavior: 'instant' });
    goOn?.setAttribute('hidden', '');
  };
  goOn?.querySelector('button')?.addEventListener('click', resume);
  if (location.hash === '#go-on') resume();
  else if (Number(text.dataset.block ?? 0) > 0) goOn?.removeAttribute('hidden');

  /** Where it is read now: a film that was begun, else the block in the upper part of the screen. */
  const place = () => {
    const film = [...text.querySelectorAll('video')].find((video) => !video.paused && !video.ended);
    const at = film
      ? blocks.findIndex((block) => block.contains(film))
      : blocks.findLastIndex((block) => block.getBoundingClientRect().top < innerHeight * 0.4);
    const block = Math.max(0, at);
    const own = film ?? blocks[block]?.querySelector('video');
    return { block, second: own && own.currentTime >= 1 ? Math.floor(own.currentTime) : null };
  };
  const key = () => JSON.stringify(place());
  let kept = key();
  let sentAt = 0;
  /** Sends the place, if it is another one, at most every so many milliseconds. @param {number} pause */
  const keep = (pause) => {
    const now = key();
    if (now === kept || !navigator.onLine || Date.now() - sentAt < pause) return;
    const { block, second } = place();
    const form = new FormData();
    form.append('enrollmentId', enrollment);
    form.append('lessonId', lesson);
    form.append('block', String(block));
    if (second !== null) form.append('videoSeconds', String(second));
    if (!navigator.sendBeacon(save, form)) return;
    kept = now;
    sentAt = Date.now();
  };
  setInterval(() => keep(25_000), 5_000);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') keep(12_000);
  });
  // The last place of a page that is left, which nothing sends later.
  addEventListener('pagehide', () => keep(0));
})();
