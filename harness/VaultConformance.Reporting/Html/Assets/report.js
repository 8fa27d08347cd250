'use strict';
// Theme, filters, search, copying. The page is complete without it.
(() => {
  const root = document.documentElement;
  const themeKey = 'vault-conformance-theme';
  root.classList.add('scripted');

  // A browser may refuse storage to a page from a file; the choice then lasts as long as the page.
  const stored = () => { try { return localStorage.getItem(themeKey); } catch { return null; } };
  const store = theme => { try { localStorage.setItem(themeKey, theme); } catch { /* not kept */ } };
  const isDark = () => (root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
  if (['light', 'dark'].includes(stored())) root.dataset.theme = stored();

  const startTheme = () => {
    const button = document.getElementById('theme');
    const show = () => {
      button.setAttribute('aria-pressed', String(isDark()));
      button.textContent = isDark() ? 'Light theme' : 'Dark theme';
    };
    button.addEventListener('click', () => {
      root.dataset.theme = isDark() ? 'light' : 'dark';
      store(root.dataset.theme);
      show();
    });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
    show();
  };

  const startFilters = () => {
    if (!document.getElementById('search')) return;
    const [search, level, family, count, expand] = ['search', 'level', 'family', 'count', 'expand'].map(id => document.getElementById(id));
    const cards = [...document.querySelectorAll('.card')];
    const chips = [...document.querySelectorAll('.chip')];
    const texts = new Map();
    const textOf = card => {
      if (!texts.has(card)) texts.set(card, card.textContent.toLowerCase());
      return texts.get(card);
    };

    const apply = () => {
      const statuses = chips.filter(chip => chip.getAttribute('aria-pressed') === 'true').map(chip => chip.dataset.status);
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const card of cards) {
        card.hidden = !((statuses.length === 0 || statuses.includes(card.dataset.status))
          && (level.value === '' || level.value === card.dataset.level)
          && (family.value === '' || family.value === card.dataset.family)
          && words.every(word => textOf(card).includes(word)));
      }
      for (const section of document.querySelectorAll('.group')) section.hidden = !section.querySelector('.card:not([hidden])');
      const shown = cards.filter(card => !card.hidden).length;
      count.textContent = shown === cards.length ? `${shown} controls` : `${shown} of ${cards.length} controls`;
      document.getElementById('no-match').hidden = shown > 0;
    };

    // A filtered page can be sent: what is chosen stands behind the mark '#filter?' of its address.
    const mark = '#filter?';
    const keep = () => {
      const chosen = new URLSearchParams();
      const statuses = chips.filter(chip => chip.getAttribute('aria-pressed') === 'true').map(chip => chip.dataset.status);
      if (statuses.length > 0) chosen.set('outcome', statuses.join('.'));
      if (level.value !== '') chosen.set('level', level.value);
      if (family.value !== '') chosen.set('family', family.value);
      if (search.value !== '') chosen.set('search', search.value);
      if (chosen.size > 0 || location.hash.startsWith(mark)) history.replaceState(null, '', chosen.size > 0 ? mark + chosen : '#controls');
    };
    const restore = () => {
      if (!location.hash.startsWith(mark)) return;
      const chosen = new URLSearchParams(location.hash.slice(mark.length));
      const statuses = (chosen.get('outcome') ?? '').split('.');
      chips.forEach(chip => chip.setAttribute('aria-pressed', String(statuses.includes(chip.dataset.status))));
      for (const [select, name] of [[level, 'level'], [family, 'family']]) {
        select.value = chosen.get(name) ?? '';
        if (select.selectedIndex < 0) select.value = '';
      }
      search.value = chosen.get('search') ?? '';
      apply();
      document.getElementById('controls').scrollIntoView();
    };
    const change = () => { apply(); keep(); };

    const clear = () => {
      search.value = level.value = family.value = '';
      chips.forEach(chip => chip.setAttribute('aria-pressed', 'false'));
      change();
    };

    chips.forEach(chip => chip.addEventListener('click', () => {
      chip.setAttribute('aria-pressed', String(chip.getAttribute('aria-pressed') !== 'true'));
      change();
    }));
    search.addEventListener('input', change);
    level.addEventListener('change', change);
    family.addEventListener('change', change);
    document.querySelectorAll('[data-clear]').forEach(button => button.addEventListener('click', clear));
    expand.addEventListener('click', () => {
      const open = expand.getAttribute('aria-pressed') !== 'true';
      cards.forEach(card => { card.querySelector('details').open = open; });
      expand.setAttribute('aria-pressed', String(open));
      expand.textContent = open ? 'Close all' : 'Open all';
    });
    document.addEventListener('keydown', event => {
      if (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !['INPUT', 'SELECT', 'TEXTAREA'].includes(document.activeElement.tagName)) {
        event.preventDefault();
        search.focus();
      }
    });

    // A link to a control shows it, whatever is filtered.
    const reveal = () => {
      const card = cards.find(candidate => candidate.id === decodeURIComponent(location.hash.slice(1)));
      if (!card) return;
      if (card.hidden) {
        clear();
        history.replaceState(null, '', `#${card.id}`);
      }
      card.querySelector('details').open = true;
      card.scrollIntoView();
    };
    addEventListener('hashchange', () => { restore(); reveal(); });
    restore();
    reveal();
  };

  const startCopying = () => {
    const announce = text => { document.getElementById('announcer').textContent = text; };
    const select = element => {
      const selection = getSelection();
      selection.removeAllRanges();
      const range = document.createRange();
      range.selectNodeContents(element);
      selection.addRange(range);
    };
    const copy = async element => {
      try {
        await navigator.clipboard.writeText(element.textContent);
        return true;
      } catch {
        select(element);
        return document.execCommand('copy');
      }
    };
    document.querySelectorAll('[data-copy]').forEach(button => button.addEventListener('click', async () => {
      const done = await copy(button.closest('[data-copyable]').querySelector('[data-copy-text]'));
      button.textContent = done ? 'Copied' : 'Selected';
      button.classList.toggle('done', done);
      announce(done ? 'Copied to the clipboard' : 'Selected; copy it with the keyboard');
      setTimeout(() => { button.textContent = 'Copy'; button.classList.remove('done'); }, 2000);
    }));
  };

  // Long texts are printed whole. Cards are printed as they are, open or closed.
  const startPrinting = () => {
    let opened = [];
    addEventListener('beforeprint', () => {
      opened = [...document.querySelectorAll('details:not([open])')].filter(details => !details.parentElement.matches('.card'));
      opened.forEach(details => { details.open = true; });
    });
    addEventListener('afterprint', () => opened.forEach(details => { details.open = false; }));
  };

  document.addEventListener('DOMContentLoaded', () => {
    startTheme();
    startFilters();
    startCopying();
    startPrinting();
  });
})();
