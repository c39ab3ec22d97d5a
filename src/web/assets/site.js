// Everything works without this script; it only makes some things quicker. No HTML is made from text here.
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const make = (tag, attributes = {}, text = '') => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
};

// The browser's time zone goes along when somebody signs up.
for (const input of $$('[data-zone]')) {
  input.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';
}

// Buttons that only stand in for the script.
for (const button of $$('[data-only-without-script]')) button.hidden = true;

// On a narrow page the row of tabs is longer than the screen: the tab in use comes into view.
$('.tabs [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });

// Recent times as people say them; the exact time stays in the title.
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];
for (const time of $$('time')) {
  const at = new Date(time.dateTime);
  const seconds = (at - Date.now()) / 1000;
  time.title = at.toLocaleString();
  if (Math.abs(seconds) > 6.5 * 86_400) continue;
  const [unit, length] = units.find((candidate) => Math.abs(seconds) >= candidate[1]) ?? ['minute', 60];
  time.textContent = relative.format(Math.round(seconds / length), unit);
}

// "/" goes to the search box, as on the sites that people come from.
const search = $('.mast .find input');
document.addEventListener('keydown', (event) => {
  const isTyping = event.target.matches?.('input, textarea, select, [contenteditable]');
  if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  search?.focus();
  search?.select();
});

// Code is copied with one click.
for (const pre of $$('.prose pre, .said pre')) {
  const holder = make('div', { class: 'copied' });
  pre.replaceWith(holder);
  const button = make('button', { type: 'button', class: 'btn plain small' }, 'Copy');
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(pre.textContent.trimEnd());
      button.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(pre);
      button.textContent = 'Press Ctrl+C';
    }
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 2000);
  });
  holder.append(pre, button);
}

// Search as you type: a combobox after the ARIA Authoring Practices, list autocomplete with manual selection.
const suggest = (input) => {
  const form = input.form;
  const list = make('ul', { class: 'found', role: 'listbox', id: 'found', 'aria-label': 'Suggestions' });
  list.hidden = true;
  form.append(list);
  for (const [name, value] of Object.entries({
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': 'found',
  })) {
    input.setAttribute(name, value);
  }
  let chosen = -1;
  let latest = '';
  let timer;
  const close = () => {
    list.hidden = true;
    chosen = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const choose = (index) => {
    const options = $$('li', list);
    chosen = options.length === 0 ? -1 : (index + options.length + 1) % (options.length + 1);
    for (const [n, option] of options.entries()) option.setAttribute('aria-selected', String(n === chosen));
    if (chosen === options.length) chosen = -1;
    if (chosen < 0) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', options[chosen].id);
  };
  const show = (suggestions) => {
    list.replaceChildren(
      ...suggestions.map(({ text, detail, href }, n) => {
        const option = make('li', { role: 'option', id: `found-${n}`, 'aria-selected': 'false' });
        option.append(make('span', {}, text), make('span', { class: 'quiet' }, detail));
        option.addEventListener('mousedown', (event) => {
          event.preventDefault();
          location.assign(href);
        });
        option.dataset.href = href;
        return option;
      }),
    );
    chosen = -1;
    list.hidden = suggestions.length === 0;
    input.setAttribute('aria-expanded', String(!list.hidden));
  };
  input.addEventListener('input', () => {
    clearTimeout(timer);
    const typed = input.value.trim();
    latest = typed;
    if (typed.length < 2) return close();
    timer = setTimeout(async () => {
      try {
        const answer = await fetch(`/search/suggest?q=${encodeURIComponent(typed)}`);
        if (answer.ok && latest === typed && document.activeElement === input) show(await answer.json());
      } catch {
        close(); // offline: the form itself still works
      }
    }, 80);
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      close();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !list.hidden) {
      event.preventDefault();
      choose(event.key === 'ArrowDown' ? chosen + 1 : chosen < 0 ? $$('li', list).length - 1 : chosen - 1);
    } else if (event.key === 'Enter' && chosen >= 0) {
      event.preventDefault();
      location.assign($$('li', list)[chosen].dataset.href);
    }
  });
  input.addEventListener('blur', close);
};
if (search) suggest(search);

// Long lists to pick from get a filter that needs no page: what matches stays, with what is above and below it.
for (const filter of $$('[data-filters]')) {
  const list = document.getElementById(filter.dataset.filters);
  const rows = $$('li', list).map((row) => {
    const own = row.querySelector('a, label') ?? row;
    return { row, text: `${own.textContent} ${row.dataset.words ?? ''}`.toLowerCase() };
  });
  const branches = $$('details', list).map((branch) => ({ branch, wasOpen: branch.open }));
  filter.closest('[hidden]')?.removeAttribute('hidden');
  filter.addEventListener('input', () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = new Set(
      rows.filter(({ text }) => words.every((word) => text.includes(word))).map(({ row }) => row),
    );
    for (const { row } of rows) {
      const isBelow = found.has(row.parentElement.closest('li'));
      if (isBelow) found.add(row);
      row.hidden = !found.has(row) && !$$('li', row).some((below) => found.has(below));
    }
    for (const { branch, wasOpen } of branches) branch.open = words.length > 0 || wasOpen;
  });
}

// A choice that stands alone is sent when it is made.
for (const select of $$('select[data-submits]')) {
  select.addEventListener('change', () => select.form.requestSubmit());
}

// A queue is worked through with one key each.
const queue = $('[data-verdicts]');
if (queue) {
  const rows = [...queue.children];
  let at = 0;
  const go = (to) => {
    at = Math.max(0, Math.min(rows.length - 1, to));
    rows[at].focus();
  };
  document.addEventListener('keydown', (event) => {
    const isTyping = event.target.matches?.('input:not([type="checkbox"]), textarea, select');
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    const inRow = rows.indexOf(event.target.closest?.('[data-verdicts] > li'));
    if (inRow >= 0) at = inRow;
    const row = rows[at];
    if (event.key === 'j') go(document.activeElement === document.body ? 0 : at + 1);
    else if (event.key === 'k') go(at - 1);
    else if (event.key === 'x') $('input[type="checkbox"]', row).click();
    else
      $$('[data-key]', row)
        .find((button) => button.dataset.key === event.key)
        ?.click();
  });
  go(0);
}

// What is under way is looked at again until it has ended.
const running = $('[data-refresh-seconds]');
if (running) setTimeout(() => location.reload(), Number(running.dataset.refreshSeconds) * 1000);
