// What Streamlit tells in English by itself, in our words: that its server is gone, and why a file is not taken.
// Put into the frame by frame.py, since it has to be there when the server is not. WORDS: by language, in the order of frame.py.
(() => {
  const words = () => WORDS[new URLSearchParams(location.search).get('lang') === 'English' ? 'en' : 'zh'];
  const textsOf = (box) => {
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    return found;
  };
  const put = (node, text) => { if (node.nodeValue !== text) node.nodeValue = text; };

  const tellLost = () => {
    const box = document.querySelector('[role=dialog]');
    const title = box && box.querySelector('h2');
    if (!title || (title.textContent !== 'Connection error' && !box.dataset.lost)) return;
    box.dataset.lost = 'yes';
    const [head, what, close] = words();
    const [first, ...others] = textsOf(box).filter((node) => !title.contains(node));
    textsOf(title).forEach((node) => put(node, head));
    if (first) put(first, what);
    others.forEach((node) => put(node, ''));
    box.querySelectorAll('pre, [data-testid=stCode]').forEach((code) => { code.style.display = 'none'; });
    const button = box.querySelector('button[aria-label=Close]');
    if (button) button.setAttribute('aria-label', close);
  };
  const tellRefused = () => {
    const [, , , kind, size] = words();
    for (const box of document.querySelectorAll('[data-testid=stFileUploader], [data-testid^=stTooltip]')) {
      for (const node of textsOf(box)) {
        if (node.nodeValue.includes('files are not allowed')) put(node, kind);
        if (/File must be .* or smaller/.test(node.nodeValue)) put(node, size);
      }
    }
  };
  new MutationObserver(() => { tellLost(); tellRefused(); })
    .observe(document, {childList: true, subtree: true, characterData: true});
})();
