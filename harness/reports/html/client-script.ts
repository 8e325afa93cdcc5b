/**
 * What the page does by itself: filters, choice of an observation, highlights. It is text because it runs in the reader's browser, where
 * the page's policy allows exactly these characters; the browser tests are what checks it.
 */
export const clientScript = `
'use strict';
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const scenarios = all('.scenario').map((article) => ({
  article,
  text: all('header, .expectations', article).map((part) => part.textContent).join(' ').toLowerCase(),
  labels: JSON.parse(article.dataset.labels),
  expectations: all('.expectation', article),
}));

// Filters.
const form = document.querySelector('.filters');
const filter = () => {
  const data = new FormData(form);
  const text = String(data.get('text') ?? '').trim().toLowerCase();
  const verdicts = new Set(data.getAll('verdict'));
  const label = String(data.get('label') ?? '');
  let shown = 0;
  for (const { article, text: own, labels, expectations } of scenarios) {
    for (const one of expectations) one.hidden = !verdicts.has(one.dataset.verdict);
    const any = expectations.length === 0 ? verdicts.has(article.dataset.verdict) : expectations.some((one) => !one.hidden);
    article.hidden = !any || (text !== '' && !own.includes(text)) || (label !== '' && !labels.includes(label));
    if (!article.hidden) shown += 1;
  }
  form.elements.shown.value = shown === scenarios.length ? '' : shown + ' of ' + scenarios.length + ' scenarios';
};
form.hidden = false;
form.addEventListener('input', filter);
form.addEventListener('submit', (event) => event.preventDefault());
document.addEventListener('keydown', (event) => {
  const typing = event.target.closest('input, select, textarea');
  if (event.key === '/' && !typing) {
    event.preventDefault();
    form.elements.text.focus();
  } else if (event.key === 'Escape') {
    if (typing && form.contains(typing)) { form.reset(); filter(); }
    for (const { article } of scenarios) light(article, undefined);
  }
});

// One observation at a time.
for (const tabs of all('.tabs')) {
  const choose = () => {
    const chosen = tabs.querySelector('input:checked').value;
    for (const { value } of all('input', tabs)) document.getElementById(value).hidden = value !== chosen;
  };
  tabs.hidden = false;
  tabs.addEventListener('change', choose);
  choose();
}

// What an expectation is about: while it is pointed at or has the focus, or for as long as it is pinned.
const focusOf = new WeakMap();
const light = (article, expectation) => {
  const world = article.querySelector('.world');
  if (world === null) return;
  const dictionary = JSON.parse(article.dataset.things);
  const focus = expectation === undefined ? [] : expectation.dataset.focus.split(' ').filter(Boolean);
  all('.scene', world).forEach((scene, index) => {
    const ids = new Set(focus.filter((one) => one.startsWith(index + ':')).map((one) => dictionary[one.split(':')[1]]));
    scene.classList.toggle('has-focus', ids.size > 0);
    for (const thing of all('[data-thing]', scene)) thing.classList.toggle('lit', ids.has(thing.dataset.thing));
  });
  for (const pin of all('.pin', article)) pin.setAttribute('aria-pressed', String(false));
  focusOf.set(article, undefined);
};
const pinned = (article) => focusOf.get(article);
for (const { article, expectations } of scenarios) {
  for (const expectation of expectations) {
    const pin = expectation.querySelector('.pin');
    if (pin === null) continue;
    pin.hidden = false;
    const show = () => { if (!pinned(article)) light(article, expectation); };
    const hide = () => { if (!pinned(article)) light(article, undefined); };
    expectation.addEventListener('mouseenter', show);
    expectation.addEventListener('mouseleave', hide);
    expectation.addEventListener('focusin', show);
    expectation.addEventListener('focusout', hide);
    pin.addEventListener('click', () => {
      const wasPinned = pinned(article) === expectation;
      light(article, wasPinned ? undefined : expectation);
      if (wasPinned) return;
      focusOf.set(article, expectation);
      pin.setAttribute('aria-pressed', 'true');
      const world = article.querySelector('.world');
      world.open = true;
      const scene = world.querySelector('.scene.has-focus:not([hidden])') ?? world.querySelector('.scene.has-focus');
      if (scene === null) return;
      const tab = world.querySelector('.tabs input[value="' + scene.id + '"]');
      if (tab !== null && scene.hidden) { tab.checked = true; tab.dispatchEvent(new Event('change', { bubbles: true })); }
      scene.scrollIntoView({ block: 'nearest', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
    });
  }
}

// A link to evidence opens all that it lies in.
const reveal = () => {
  const target = location.hash === '' ? null : document.getElementById(location.hash.slice(1));
  if (target === null) return;
  const scene = target.closest('.scene');
  if (scene !== null && scene.hidden) {
    const tab = document.querySelector('.tabs input[value="' + scene.id + '"]');
    if (tab !== null) { tab.checked = true; tab.dispatchEvent(new Event('change', { bubbles: true })); }
  }
  for (let at = target.closest('details'); at !== null; at = at.parentElement.closest('details')) at.open = true;
  const own = target.querySelector('details');
  if (own !== null) own.open = true;
  target.scrollIntoView({ block: 'center' });
};
addEventListener('hashchange', reveal);
reveal();
addEventListener('beforeprint', () => { for (const one of all('.expectation > details')) one.open = true; });
`;
