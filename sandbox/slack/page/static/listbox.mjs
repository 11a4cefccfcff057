// Choosing from a list by keyboard, while the focus stays in the box one types in.

import {all, one} from "./server.mjs";

export const offered = list => all('[role="option"]:not([hidden], [aria-disabled])', list);
export const active = list => one('[aria-selected="true"]', list);

export function mark(box, list, option) {
  active(list)?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({block: "nearest"});
  if (option) box.setAttribute("aria-activedescendant", option.id);
  else box.removeAttribute("aria-activedescendant");
}

export function move(box, list, step) {
  const options = offered(list), next = options.indexOf(active(list)) + step;
  mark(box, list, options[next < 0 && step < 0 ? options.length - 1 : next % options.length]);
}
