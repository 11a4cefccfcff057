// Drawing anew: only what differs, and nobody loses what they type or where they are.

import {all, one} from "./server.mjs";

const drawn = new WeakMap();
export const drawnNow = element => drawn.set(element, element.outerHTML);

function carry(old, fresh) {
  for (const field of all("input[id], select[id], textarea[id], details[id]", old)) {
    const same = one(`#${CSS.escape(field.id)}`, fresh);
    if (!same) continue;
    if (field.tagName === "DETAILS") same.open = field.open;
    else if (field.dataset.touched) Object.assign(Object.assign(same, {value: field.value}).dataset, field.dataset);
  }
  for (const field of all("input[name][data-touched]", old)) {
    for (const input of all(`input[name="${CSS.escape(field.name)}"]`, old)) {
      const same = all(`input[name="${CSS.escape(field.name)}"]`, fresh).find(({value}) => value === input.value);
      if (same) same.checked = input.checked;
      if (same && input.dataset.touched) same.dataset.touched = "yes";
    }
  }
}

export function keepFocus(change) {
  const focused = document.activeElement, path = [];
  for (let at = focused; at && at !== document.body; at = at.parentElement) if (at.id) path.push(at.id);
  const {selectionStart, selectionEnd} = focused;
  change();
  if (focused.isConnected) return;
  const near = path.map(id => document.getElementById(id)).find(element => element?.checkVisibility());
  if (near?.contains(document.activeElement)) return; // what came instead has chosen already
  if (near?.matches("article, section")) near.tabIndex = -1; // what had the focus is gone: stay beside it
  near?.focus({preventScroll: true});
  if (near?.id === focused.id && near.matches("textarea, [type=text]")) near.setSelectionRange(selectionStart, selectionEnd);
}

export function patch(box, html) {
  const source = document.createElement("template");
  source.innerHTML = html;
  let at = box.firstElementChild;
  for (const fresh of [...source.content.children]) {
    const old = fresh.id ? one(`:scope > #${CSS.escape(fresh.id)}`, box) : null;
    if (old && drawn.get(old) === fresh.outerHTML) {
      if (old === at) at = at.nextElementSibling;
      else box.insertBefore(old, at);
      continue;
    }
    drawnNow(fresh);
    box.insertBefore(fresh, at);
    if (!old) continue;
    if (old === at) at = at.nextElementSibling;
    carry(old, fresh);
    old.remove();
  }
  while (at) {
    const next = at.nextElementSibling;
    at.remove();
    at = next;
  }
}
