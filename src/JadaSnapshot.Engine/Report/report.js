'use strict';

// Search: only rows that hold every word stay, and what holds them is opened.
const search = document.getElementById('search');
const found = document.getElementById('found');
const rows = Array.from(document.querySelectorAll('.row'), row => ({ row, text: row.textContent.toLowerCase() }));
const folds = Array.from(document.querySelectorAll('details'), fold => ({ fold, open: fold.open }));

function find() {
  const words = search.value.toLowerCase().split(/\s+/).filter(word => word !== '');
  let count = 0;
  for (const { row, text } of rows) {
    row.hidden = !words.every(word => text.includes(word));
    if (!row.hidden) count++;
  }
  for (const { fold, open } of folds) {
    if (fold.classList.contains('row')) continue;
    const holds = fold.querySelector('.row:not([hidden])') !== null;
    fold.hidden = words.length > 0 && !holds;
    fold.open = words.length > 0 ? holds : open;
  }
  found.textContent = words.length > 0 ? `${count.toLocaleString('en')} of ${rows.length.toLocaleString('en')}` : '';
}

search.parentElement.hidden = false;
search.addEventListener('input', find);
document.addEventListener('keydown', key => {
  if (key.key === '/' && document.activeElement !== search) {
    key.preventDefault();
    search.focus();
  }
});
find();

// Sorting: a heading sorts its table by what its column shows, or by the number behind it.
function sort(heading, column) {
  const body = heading.closest('table').tBodies[0];
  const ascending = heading.getAttribute('aria-sort') !== 'ascending';
  const compare = (one, other) => {
    const [a, b] = [one.cells[column], other.cells[column]];
    return a.dataset.v !== undefined ? Number(a.dataset.v) - Number(b.dataset.v) : a.textContent.localeCompare(b.textContent, 'en');
  };
  const ordered = Array.from(body.rows).sort(ascending ? compare : (one, other) => compare(other, one));
  for (const other of heading.parentElement.cells) other.removeAttribute('aria-sort');
  heading.setAttribute('aria-sort', ascending ? 'ascending' : 'descending');
  body.append(...ordered);
}

for (const head of document.querySelectorAll('table.sortable thead tr')) {
  Array.from(head.cells).forEach((heading, column) => {
    const button = document.createElement('button');
    button.append(...heading.childNodes);
    button.addEventListener('click', () => sort(heading, column));
    heading.append(button);
  });
}

// On paper nothing can be opened.
let shut = [];
addEventListener('beforeprint', () => {
  shut = folds.map(each => each.fold).filter(fold => !fold.open);
  for (const fold of shut) fold.open = true;
});
addEventListener('afterprint', () => {
  for (const fold of shut) fold.open = false;
});
