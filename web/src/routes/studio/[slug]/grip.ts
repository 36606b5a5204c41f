/**
 * What a row is dragged by. Dragging is only on while it is held, so that links and buttons of the row stay what they are. It listens
 * itself: by the time a delegated event came, the row would have had its own.
 */
export function grip(handle: HTMLElement, onhold: (held: boolean) => void) {
  const hold = (event: Event) => {
    event.preventDefault(); // or a touch would scroll
    onhold(true);
    addEventListener('mouseup', release);
    addEventListener('touchend', release);
  };
  const release = () => {
    onhold(false);
    removeEventListener('mouseup', release);
    removeEventListener('touchend', release);
  };
  handle.addEventListener('mousedown', hold);
  handle.addEventListener('touchstart', hold, { passive: false });
  return {
    destroy() {
      handle.removeEventListener('mousedown', hold);
      handle.removeEventListener('touchstart', hold);
      removeEventListener('mouseup', release);
      removeEventListener('touchend', release);
    },
  };
}
