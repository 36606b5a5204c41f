import type { MediaSurroundings } from './media-view.js';

interface Caption {
  locale: string;
  file: string;
}

/** The captions of a video: WebVTT files, one for each language. A linked video brings its own. */
export function captionsField(
  { texts, send, locale }: MediaSurroundings,
  onchange: (captions: Caption[]) => void,
) {
  const dom = document.createElement('div');
  dom.className = 'captions';
  let captions: Caption[] = [];
  const list = document.createElement('ul');
  const label = document.createElement('label');
  const input = Object.assign(document.createElement('input'), { type: 'file', accept: '.vtt,text/vtt' });
  label.append(Object.assign(document.createElement('span'), { textContent: texts.captions(locale) }), input);
  dom.append(list, label);

  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (!file) return;
    void send(file).then((hash) => {
      input.value = '';
      if (hash) onchange([...captions.filter((each) => each.locale !== locale), { locale, file: hash }]);
    });
  });

  return {
    dom,
    show(attributes: Record<string, unknown>) {
      dom.hidden = attributes.file === null;
      captions = attributes.captions as Caption[];
      list.replaceChildren(
        ...captions.map((caption) => {
          const item = document.createElement('li');
          const remove = Object.assign(document.createElement('button'), {
            type: 'button',
            textContent: texts.removeCaptions(caption.locale),
          });
          remove.addEventListener('click', () => onchange(captions.filter((each) => each !== caption)));
          item.append(remove);
          return item;
        }),
      );
    },
  };
}
